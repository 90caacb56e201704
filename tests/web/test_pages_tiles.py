"""The tile map and the progress bars."""

import math

from agriplan.baselines.folder import read_baselines
from agriplan.places import baselines_folder
from agriplan.web.pages.overview import bar
from agriplan.web.pages.tiles import lay_tiles


def test_every_league_has_a_place_of_its_own_on_the_map() -> None:
    leagues = read_baselines(baselines_folder()).leagues
    tiles = lay_tiles(leagues, [1.0] * len(leagues))
    assert len({(tile.column, tile.row) for tile in tiles}) == len(leagues) == 12
    by_name = {tile.area.name_zh: tile for tile in tiles}
    assert (
        by_name["阿拉善盟"].column < by_name["包头市"].column < by_name["呼和浩特市"].column < by_name["通辽市"].column
    )
    assert by_name["呼伦贝尔市"].row < by_name["通辽市"].row < by_name["鄂尔多斯市"].row


def test_leagues_of_another_region_stand_in_their_order() -> None:
    leagues = [
        area.model_copy(update={"code": f"99{n:04d}"})
        for n, area in enumerate(read_baselines(baselines_folder()).leagues)
    ]
    tiles = lay_tiles(leagues, [1.0] * 12)
    assert [(tile.row, tile.column) for tile in tiles] == sorted((tile.row, tile.column) for tile in tiles)


def test_the_greatest_is_darkest_and_a_league_without_a_figure_has_no_shade() -> None:
    leagues = read_baselines(baselines_folder()).leagues[:3]
    assert [tile.shade for tile in lay_tiles(leagues, [0.0, 10.0, math.nan])] == [1, 5, 0]


def test_a_bar_ends_beyond_its_greatest_value_and_a_rate_at_its_ceiling() -> None:
    beyond = bar(60.0, 80.0, 100.0, None)
    assert beyond.baseline < beyond.trend < beyond.target < 100
    assert bar(93.0, 94.0, 95.0, 100.0).target == 95.0
