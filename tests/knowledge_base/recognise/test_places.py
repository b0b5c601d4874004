"""Places in the words of users, on a small directory."""

import pytest

from knowledge_base.recognise.places import PlaceRecogniser
from knowledge_base.schema.place import ForeignPlace, Gemeinde, Kreis, Places, Region, Responsible


def _kreis(kreis_id: str, name: str, kfz: str, *gemeinden: Gemeinde, aliases: tuple[str, ...] = ()) -> Kreis:
    return Kreis(
        id=kreis_id,
        name=name,
        type="kreis",
        ags="0",
        kfz=[kfz],
        aliases=list(aliases),
        responsible=Responsible(),
        gemeinden=list(gemeinden),
    )


@pytest.fixture(scope="module")
def places() -> PlaceRecogniser:
    directory = Places(
        kreise=[
            _kreis(
                "maerkischer-kreis",
                "Märkischer Kreis",
                "MK",
                Gemeinde(id="luedenscheid", name="Lüdenscheid", plz=["58507", "58509"]),
                Gemeinde(id="iserlohn", name="Iserlohn", districts=["Letmathe"]),
            ),
            _kreis("kreis-dueren", "Kreis Düren", "DN", Gemeinde(id="dueren", name="Düren", plz=["52349"])),
            _kreis("hagen", "Hagen", "HA", Gemeinde(id="hagen", name="Hagen", districts=["Haspe", "Brand"])),
            _kreis(
                "herne", "Herne", "HER", Gemeinde(id="herne", name="Herne", districts=["Wanne-Eickel", "Holthausen"])
            ),
            _kreis("koeln", "Köln", "K", Gemeinde(id="koeln", name="Köln", districts=["Holthausen", "Ehrenfeld"])),
            _kreis("re", "Kreis Recklinghausen", "RE", Gemeinde(id="herten", name="Herten")),
        ],
        regions=[Region(id="maerkische-region", name="Märkische Region", members=["maerkischer-kreis", "hagen"])],
        outside=[ForeignPlace(id="venlo", name="Venlo", land="Niederlande")],
        everyday_words=["Brand"],
    )
    return PlaceRecogniser(directory)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wir sitzen in Lüdenscheid", ["luedenscheid"]),
        ("luedenscheid", ["luedenscheid"]),
        ("lüdenscheidt", ["luedenscheid"]),
        ("ein Lüdenscheider Betrieb", ["luedenscheid"]),
        ("58509 fördermöglichkeiten", ["luedenscheid"]),
        ("kostet 58509 Euro", []),
        ("wir sind im MK", ["maerkischer-kreis"]),
        ("teilzeit, kreis düren", ["kreis-dueren"]),
        ("in Düren", ["dueren"]),
        ("letmathe", ["iserlohn"]),
        ("in wanne-eickel", ["herne"]),
        ("hagen haspe", ["hagen"]),
        ("es gab einen Brand im Lager", []),
        ("Märkische Region", ["maerkische-region"]),
        ("herten, nich herne!", ["herten"]),
        ("Köln-Ehrenfeld", ["koeln"]),
        ("das halten wir für gut", []),
        ("Märkischer Kreiss", ["maerkischer-kreis"]),
        ("im mk", ["maerkischer-kreis"]),
        ("ich kann MK nicht lesen", ["maerkischer-kreis"]),
        ("RE: Ihre Anfrage", []),
        ("in RE", ["re"]),
        ("nicht in Herne, sondern in Herten", ["herten"]),
        ("das geht nicht. Hagen ist besser", ["hagen"]),
        ("nicht nur in Hagen", ["hagen"]),
        ("Nordrhein-Westfalen", []),
        ("Iserlohn, Märkische Region", ["iserlohn"]),
        ("wir hagen nicht", []),
    ],
)
def test_places_lead_to_ids(places: PlaceRecogniser, text: str, expected: list[str]) -> None:
    assert [m.value for m in places.find(text) if m.entity == "place"] == expected


def test_a_district_that_exists_twice_is_ambiguous(places: PlaceRecogniser) -> None:
    mention = places.find("wir sind in Holthausen")[0]
    assert (mention.entity, sorted(mention.value)) == ("place_ambiguous", ["herne", "koeln"])


def test_the_city_beside_it_settles_an_ambiguous_district(places: PlaceRecogniser) -> None:
    assert {m.value for m in places.find("Holthausen, also Köln")} == {"koeln"}


def test_places_outside_are_recognised_as_such(places: PlaceRecogniser) -> None:
    found = places.find("ich wohne in venlo und arbeite in herne")
    assert [(m.entity, m.value) for m in found] == [("place_outside", "venlo"), ("place", "herne")]
