import pytest

from knowledge_base.places import Directory, ResponsibleBody
from tests.knowledge_base.small import places


@pytest.fixture(scope="module")
def directory() -> Directory:
    return Directory(places())


@pytest.mark.parametrize(("place", "chain"), [
    ("witten", ["witten", "ennepe-ruhr-kreis", "mitte", "beide", "nrw", "deutschland"]),
    ("hagen", ["hagen", "sued", "beide", "nrw", "deutschland"]),
    ("ennepe-ruhr-kreis", ["ennepe-ruhr-kreis", "beide", "nrw", "deutschland"]),
    ("mitte", ["mitte", "beide", "nrw", "deutschland"]),
    ("outside:kassel", ["outside:kassel", "deutschland"]),
    ("outside:venlo", ["outside:venlo"]),
    ("nirgendwo", []),
])
def test_chain_goes_from_near_to_far(directory: Directory, place: str, chain: list[str]) -> None:
    assert directory.chain(place) == chain


@pytest.mark.parametrize(("areas", "place", "covered"), [
    (["witten"], "witten", True), (["ennepe-ruhr-kreis"], "witten", True), (["mitte"], "witten", True),
    (["sued"], "witten", False), (["nrw"], "witten", True), (["deutschland"], "outside:kassel", True),
    (["nrw"], "outside:kassel", False), (["deutschland"], "outside:venlo", False),
    (["witten"], "ennepe-ruhr-kreis", None), (["mitte", "sued"], "ennepe-ruhr-kreis", True),
    (["bochum"], "ennepe-ruhr-kreis", False), (["witten"], "nirgendwo", None), (["nirgendwo"], "witten", False),
    ([], "witten", False),
])
def test_covers_knows_whole_part_and_none(directory: Directory, areas: list[str], place: str,
                                          covered: bool | None) -> None:
    assert directory.covers(areas, place) is covered


@pytest.mark.parametrize(("areas", "place", "distance"), [
    (["witten", "nrw"], "witten", 0), (["ennepe-ruhr-kreis"], "witten", 1), (["mitte"], "witten", 2),
    (["nrw", "deutschland"], "witten", 3), (["deutschland"], "witten", 4), (["sued"], "witten", None),
    (["bochum"], "bochum", 0),
])
def test_distance_is_that_of_the_nearest_area(directory: Directory, areas: list[str], place: str,
                                              distance: int | None) -> None:
    assert directory.distance(areas, place) == distance


def test_a_gemeinde_may_deviate_from_its_kreis(directory: Directory) -> None:
    assert directory.responsible("witten")["ihk"] == ResponsibleBody("ihk-mitte")
    assert directory.responsible("schwelm")["ihk"] == ResponsibleBody("ihk-sued")
    assert directory.responsible("ennepe-ruhr-kreis")["ihk"] == ResponsibleBody("ihk-sued")
    assert directory.exceptions("ennepe-ruhr-kreis")["ihk"] == ["Witten", "Hattingen"]


def test_what_does_not_deviate_is_taken_from_the_kreis(directory: Directory) -> None:
    assert directory.responsible("witten")["jobcenter"] == ResponsibleBody(None, "Jobcenter EN")


def test_a_region_has_the_bodies_all_its_places_share(directory: Directory) -> None:
    assert directory.responsible("mitte")["ihk"] == ResponsibleBody("ihk-mitte")
    assert "ihk" not in directory.responsible("beide")
    assert directory.responsible("outside:venlo") == {}


def test_names_are_german(directory: Directory) -> None:
    assert directory.name("ennepe-ruhr-kreis") == "Ennepe-Ruhr-Kreis"
    assert directory.name("nrw") == "Nordrhein-Westfalen"
    assert directory.name("outside:venlo") == "Venlo"
