"""``python -m bot evaluate``: how well the held-out sentences are understood."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("evaluate")(evaluate)


def evaluate() -> None:
    """Misst, wie gut die Testsätze verstanden werden, und schreibt den Bericht nach <var>/evaluation."""
    import json

    from bot.curation.nlu_data import load_nlu_data
    from bot.evaluation.intents import measure
    from bot.settings import load_settings
    from knowledge_base.loader import load_catalogue
    from knowledge_base.recognise.recogniser import Recogniser

    settings = load_settings()
    find = Recogniser(load_catalogue(settings.catalogue_dir)).find
    report = measure(load_nlu_data(settings.content_dir), find)
    typer.echo(f"{report.sentences} Testsätze: {report.accuracy:.1%} richtig, Makro-F1 {report.macro_f1:.3f}")
    typer.echo(
        "Am schwächsten: "
        + ", ".join(
            f"{name} {value:.0%}" for name, value in sorted(report.recall.items(), key=lambda pair: pair[1])[:8]
        )
    )
    typer.echo("Am häufigsten verwechselt: " + ", ".join(f"{m} → {u} ({n})" for m, u, n in report.confusions[:8]))
    target = settings.var_dir / "evaluation" / "intents.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(report.as_dict(), ensure_ascii=False, indent=1), encoding="utf-8")
    typer.echo(f"Der ganze Bericht steht in {target}.")
