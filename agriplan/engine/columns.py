"""The data dictionary: every table of a plan, column by column.

A column is declared once, here; its name is the frame's column, the workbook template's token, the workbook's defined
name and the API's field. `lines` has one row an indicator, `leagues` one row an indicator and league, `years` one row
an indicator, area and year; rows always stand in the order of the commitments and of the leagues. The printed tables
hold the same columns as figures are shown (`printed.round_figures`).

*unit* is the indicator's unit. *counted* is the unit that adds up over leagues: the indicator's own for amounts and
values, improved animals (the herd's unit) for rates. *herd* and *unit_value* are the units of the indicators of that
role; *%/yr* is points a year for rates, *herd %/yr* per cent a year for all. *1*, *count* and *year* are numbers that
have none; the others follow from rule, kind and criterion (`report.units`).
"""

from agriplan.engine.column_declarations import ColumnDeclaration, declare_columns
from agriplan.engine.history_columns import HINDSIGHT, OUTLOOK, PAST

LINES = declare_columns("""
    indicator              | text   |         | 指标           | indicator
    kind                   | text   |         | 类型           | amount, value or rate
    target                 | number | unit    | 目标           | commitment in force: as entered, else the source's
    source_target          | number | unit    | 原定目标       | commitment as the source states it
    published              | number | unit    | 公布值         | the region's own base-year value
    baseline               | number | unit    | 基期值         | leagues plus statistical difference in the base year
    grade                  | text   |         | 数据等级       | grade of the region's figure
    relative_error         | number | 1       | 相对误差       | relative error of the region's figure
    growth                 | number | %/yr    | 全区增速       | the region's yearly growth (rates: points)
    suggested              | number | %/yr    | 建议增速       | growth that the region's history supports
    low                    | number | %/yr    | 合理下限       | lower end of its plausible range
    high                   | number | %/yr    | 合理上限       | upper end of its plausible range
    tier                   | text   |         | 依据档         | how the suggestion was reached
    unit_value             | number | unit_value | 单位产值       | value of one unit of quantity
    unit_value_growth      | number | %/yr    | 单位产值增速   | its yearly growth
    difference             | number | counted | 统计差异(基期) | region less leagues in the base year
    statistical_difference      | number | counted | 统计差异       | the same in the target year
    divisor                | number | /point  | 折算基数       | 1; for rates a hundredth of the target year's herd
    projection             | number | unit    | 趋势预测       | where the region arrives by itself
    own_fit                | number | unit    | 全区自身拟合   | the region's own suggestion carried on
    gap                    | number | counted | 缺口           | target less projection (negative: none)
    surplus                | number | counted | 富余           | projection less target, where that is positive
    held_back              | number | counted | 预留           | part of the gap held back by the region
    on_top                 | number | counted | 上浮           | part placed on top for safety
    to_place               | number | counted | 待分解量       | amount that the named leagues are to take
    reserve                | number | %       | 预留比例       | reserve
    margin                 | number | %       | 上浮比例       | margin
    rule                   | text   |         | 分解规则       | allocation rule
    max_growth             | number | %/yr    | 增速上限       | cap on a league's yearly growth (empty: none)
    level                  | number | level   | 分解水平       | the level L of the allocation
    floors                 | number | counted | 下限合计       | sum of floors
    ceilings               | number | counted | 上限合计       | the most that the named leagues can take
    placed                 | number | counted | 已分解量       | what was placed
    residual               | number | counted | 分解差额       | to place less placed
    feasibility            | text   |         | 上下限情况     | enough, ceilings_short or floors_exceed
    least_max_growth       | number | %/yr    | 最低增速上限   | least cap that would hold all, where any is needed
    reachable              | number | unit    | 最大可达       | the largest total within the ceilings
    reached                | number | unit    | 分解后合计     | the region's total with every league at its target
    unallocated            | number | unit    | 未分解量       | target less reached; negative in a surplus
    trend_growth           | number | %/yr    | 预测年均增速   | growth of the projected total
    needed_growth          | number | %/yr    | 年均需增长     | growth that the target needs
    past_growth            | number | %/yr    | 历史年均增速   | average growth over the comparable years
    path                   | text   |         | 年度路径       | how the years lead to the target
    gap_within_error       | flag   |         | 差额小于误差   | gap or surplus is smaller than the baseline's error
""")

LEAGUES = declare_columns("""
    indicator              | text   |         | 指标           | indicator
    code                   | text   |         | 代码           | league
    named                  | flag   |         | 重点盟市       | shares the gap
    baseline               | number | unit    | 基期值         | base-year value
    grade                  | text   |         | 数据等级       | grade of the baseline
    relative_error         | number | 1       | 相对误差       | relative error of the baseline
    tier                   | text   |         | 依据档         | how the suggestion was reached
    suggested              | number | %/yr    | 建议增速       | growth that history supports
    low                    | number | %/yr    | 合理下限       | lower end of its plausible range
    high                   | number | %/yr    | 合理上限       | upper end of its plausible range
    growth                 | number | %/yr    | 采用增速       | growth used (rates: points)
    unit_value_growth      | number | %/yr    | 单位产值增速   | growth of the unit value
    herd_base              | number | herd    | 基期存栏       | base-year herd (rates)
    herd_growth            | number | herd %/yr   | 存栏增速       | its yearly growth
    herd                   | number | herd    | 目标年存栏     | target-year herd (rates)
    size                   | number | /point  | 折算系数       | 1; for rates a hundredth of the target year's herd
    projection             | number | unit    | 趋势预测       | where the league arrives by itself
    entered_floor          | number | unit    | 填报下限       | least amount as entered (rates: points)
    entered_ceiling        | number | unit    | 填报上限       | greatest amount as entered
    entered_lock           | number | unit    | 锁定           | exact amount as entered
    entered_share          | number | 1       | 给定比例       | weight for by_shares
    criteria_weight        | number | 1       | 综合得分       | weight for by_criteria
    cap                    | number | counted | 增速上限增量   | what the growth cap allows
    floor                  | number | counted | 下限           | least amount
    ceiling                | number | counted | 上限           | greatest amount
    weight                 | number | weight  | 权重           | w of the rule
    offset                 | number | counted | 起点           | o of the rule
    amount                 | number | counted | 分解量         | share of the gap
    issued                 | number | unit    | 下达数         | the printed amount (rates: none)
    target                 | number | unit    | 盟市目标       | projection plus amount
    needed_growth          | number | %/yr    | 年均需增长     | growth that the target needs
    past_growth            | number | %/yr    | 历史年均增速   | average growth over the comparable years
    reason                 | text   |         | 说明           | why the amount is what it is
""")

YEARS = declare_columns("""
    indicator              | text   |         | 指标           | indicator
    code                   | text   |         | 代码           | league or region
    year                   | number | year    | 年份           | from the base year to the target year
    herd                   | number | herd    | 存栏           | herd of the year (rates)
    projection             | number | unit    | 趋势预测       | value of the year by trend alone
    milestone              | number | unit    | 年度目标       | value to pass in the year
    difference             | number | counted | 统计差异       | statistical difference of the year (region)
    unallocated            | number | unit    | 未分解量       | what the milestone asks beyond leagues and difference
    actual                 | number | unit    | 实际值         | actual figure as entered
    carried_difference     | number | unit    | 统计差异       | difference beside the actuals (region; rates: points)
    completion             | number | %       | 完成率         | actual by target
    progress               | number | %       | 目标实现进度   | way covered from base to target
    schedule               | number | %       | 年度应达进度   | the milestone's share of the way
    elapsed                | number | %       | 时间进度       | years gone over years
    needed_later           | number | %/yr    | 后续年均需     | growth needed in the years left; 0 where it is reached
    status                 | text   |         | 状态           | ahead, on_course, behind, reached_early, done, \
missed, no_actual, no_target or base_year
""")

CRITERIA = declare_columns("""
    indicator              | text   |         | 指标           | indicator
    code                   | text   |         | 代码           | league
    criterion              | text   |         | 评价指标       | criterion
    value                  | number | criterion | 数值           | the league's figure
    share                  | number | 1       | 份额           | its share among the named leagues
    weight                 | number | 1       | 权重           | weight used
    equal                  | number | 1       | 等权           | equal weight
    entropy                | number | 1       | 熵权           | entropy weight, at most one half
    left_out               | flag   |         | 不参与评价     | tells no league from another and is left out
    product                | number | 1       | 加权份额       | weight times share
    grade                  | text   |         | 数据等级       | grade of the figure
""")

# What is counted in animals for a rate stands in printed tables in points as well, under this ending.
STATED = "_stated"
_STATED_LINES = ("gap", "surplus", "held_back", "on_top", "to_place", "placed", "residual", "floors", "ceilings")
_STATED_LEAGUES = ("floor", "ceiling", "amount")


def _printed(
    table: tuple[ColumnDeclaration, ...], names: str, stated: tuple[str, ...]
) -> tuple[ColumnDeclaration, ...]:
    """The columns of a printed table: those of its exact one, and what is counted in the indicator's unit."""
    by_name = {column.name: column for column in table}
    own = (by_name[name]._replace(name=f"{name}{STATED}", unit="unit") for name in stated)
    return (*(by_name[name] for name in names.split()), *own)


PRINTED_LINES = _printed(
    LINES,
    "indicator target source_target published baseline difference statistical_difference projection own_fit gap "
    "surplus held_back on_top to_place floors ceilings placed residual reachable reached unallocated",
    _STATED_LINES,
)
PRINTED_LEAGUES = _printed(
    LEAGUES, "indicator code baseline herd_base herd projection floor ceiling amount target", _STATED_LEAGUES
)
# What a year's difference comes to beside the projections may be a printing unit off beside the milestones: each of the
# two adds up by itself. Beside the actuals stands the difference that was measured, of that year or carried on.
PRINTED_YEARS = (
    *_printed(
        YEARS, "indicator code year herd projection difference milestone unallocated actual carried_difference", ()
    ),
    *declare_columns("""
    difference_due         | number | counted | 统计差异       | difference beside the milestones (rates: points)
"""),
)
PRINTED_HINDSIGHT = _printed(HINDSIGHT, "indicator code year actual projection low high", ())

TABLES: dict[str, tuple[ColumnDeclaration, ...]] = {
    "lines": LINES,
    "leagues": LEAGUES,
    "years": YEARS,
    "criteria": CRITERIA,
    "outlook": OUTLOOK,
    "past": PAST,
    "hindsight": HINDSIGHT,
    "printed_lines": PRINTED_LINES,
    "printed_leagues": PRINTED_LEAGUES,
    "printed_years": PRINTED_YEARS,
    "printed_hindsight": PRINTED_HINDSIGHT,
}
