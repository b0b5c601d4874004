"""The files of ``deploy/``, as far as they can be checked without a cluster."""

from __future__ import annotations

import re
from collections.abc import Iterator
from configparser import RawConfigParser
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import REPOSITORY, SETTINGS, load_settings

DEPLOY = REPOSITORY / "deploy"
NAMES = {setting.name for setting in SETTINGS}
TEMPLATES = sorted((DEPLOY / "helm" / "templates").glob("*.yaml"))
ENVIRONMENT = re.compile(r"\b(?:NAVIGATOR_[A-Z_]+|DATABASE_URL)\b")


def compose() -> dict[str, Any]:
    return yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))


def rendered(template: Path) -> list[dict[str, Any]]:
    """The documents of a template with the values of the chart; only what our templates use is understood."""
    values = yaml.safe_load((DEPLOY / "helm" / "values.yaml").read_text(encoding="utf-8"))

    def value(match: re.Match[str]) -> str:
        path = re.search(r"\.Values((?:\.\w+)+)", match[1])
        assert path, match[0]
        found: Any = values
        for name in path[1].strip(".").split("."):
            found = found[name]
        return yaml.safe_dump(found, default_flow_style=True).removesuffix("...\n").strip()

    return list(yaml.safe_load_all(re.sub(r"{{(.*?)}}", value, template.read_text(encoding="utf-8"))))


def deployments() -> Iterator[dict[str, Any]]:
    for template in TEMPLATES:
        yield from (each["spec"] for each in rendered(template) if each["kind"] == "Deployment")


def test_every_setting_that_is_named_exists() -> None:
    files = [file for file in DEPLOY.rglob("*") if file.is_file()]
    named = {name for file in files for name in ENVIRONMENT.findall(file.read_text(encoding="utf-8"))}
    assert len(named) > 8
    assert named <= NAMES


def test_environment_of_the_containers_is_accepted() -> None:
    environments = [service.get("environment", {}) for service in compose()["services"].values()]
    for spec in deployments():
        for container in spec["template"]["spec"]["containers"]:
            environments.append({each["name"]: each["value"] for each in container.get("env", [])})
    assert sum(map(bool, environments)) >= 4
    for environment in environments:
        assert all(isinstance(value, str) for value in environment.values())
        load_settings({**environment, "NAVIGATOR_WORKBENCH_SECRET": "x" * 40})


def test_containers_are_pinned_and_have_no_rights() -> None:
    services = compose()["services"]
    assert {"gateway", "werkbank", "database", "proxy", "prometheus"} <= set(services)
    for name, service in services.items():
        assert re.search(r":v?\d", service["image"]), name
        assert service["user"].split(":")[0] not in ("0", "root"), name
        assert service["cap_drop"] == ["ALL"] and service["security_opt"] == ["no-new-privileges:true"], name
    assert [name for name, service in services.items() if service.get("ports")] == ["proxy"], "nothing else is public"
    dockerfile = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert re.findall(r"^USER (\S+)$", dockerfile, re.MULTILINE) == ["10001"]


def test_pods_are_not_root_and_are_watched() -> None:
    specs = list(deployments())
    assert len(specs) == 2
    for spec in specs:
        pod = spec["template"]["spec"]
        assert pod["securityContext"]["runAsNonRoot"] and pod["securityContext"]["runAsUser"] > 0
        volumes = {volume["name"] for volume in pod["volumes"]}
        for container in pod["containers"] + pod.get("initContainers", []):
            assert container["securityContext"]["readOnlyRootFilesystem"]
            assert {mount["name"] for mount in container["volumeMounts"]} <= volumes
        for container in pod["containers"]:
            assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
            assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"


def test_one_process_writes_content() -> None:
    services = compose()["services"]
    writers = {name for name, service in services.items() if "inhalt:/inhalt" in service.get("volumes", [])}
    assert writers == {"werkbank", "vorbereiten"}
    replicas = {spec["selector"]["matchLabels"]["part"]: spec["replicas"] for spec in deployments()}
    assert replicas == {"werkbank": 1, "gateway": 2}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda file: file.name)
def test_services_point_to_pods(template: Path) -> None:
    labels = [spec["template"]["metadata"]["labels"] for spec in deployments()]
    for document in rendered(template):
        assert document["apiVersion"] and document["metadata"]["name"].startswith("digitalnavigator")
        if document["kind"] == "Service":
            assert any(document["spec"]["selector"].items() <= each.items() for each in labels)


def test_proxy_replaces_the_address_and_leads_to_the_services() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    plain = re.sub(r"#.*", "", text)
    assert plain.count("{") == plain.count("}")
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in plain
    assert set(re.findall(r"(?:server|http://)\s*(gateway|werkbank):(\d+)", plain)) == {
        ("gateway", "8080"), ("werkbank", "8081")}
    assert "metrics" not in plain
    for name in ("limit_req ", "limit_conn ", "client_max_body_size", "ssl_protocols TLSv1.2 TLSv1.3;"):
        assert name in plain


def test_monitoring_asks_the_port_of_the_figures() -> None:
    [job] = yaml.safe_load((DEPLOY / "prometheus.yml").read_text(encoding="utf-8"))["scrape_configs"]
    [found] = job["dns_sd_configs"]
    environment = compose()["services"]["gateway"]["environment"]
    assert str(found["port"]) == environment["NAVIGATOR_METRICS_PORT"]


def test_unit_of_systemd_is_not_root() -> None:
    unit = RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(DEPLOY / "systemd" / "digitalnavigator.service", encoding="utf-8")
    service = unit["Service"]
    assert service["User"] == "digitalnavigator" and service["NoNewPrivileges"] == "true"
    assert service["ExecStart"].endswith("-m bot run") and service["Restart"] == "always"
