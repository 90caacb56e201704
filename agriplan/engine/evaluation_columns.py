"""The data dictionary of an evaluation: one row an indicator and area, the region before its leagues.

Declared as the tables of a plan are (`engine.columns`); a name is the frame's column, the JSON's field and the CSV's
heading. *unit* is the indicator's unit, *herd* that of its herd; *whole* is a count or a year. Columns under `printed_`
hold the same figure as it is shown.

`EVALUATION_YEARS` has one row an indicator, area and year from the as-of year to the target year. Printed leagues and
`printed_carried_difference` add up to the region's `printed_projected`; printed leagues, `printed_due_difference` and
`printed_unallocated` to its `printed_milestone` (each of the two adds up by itself; rates are stated, not added).
"""

from agriplan.engine.column_declarations import declare_columns

EVALUATION = declare_columns("""
    indicator          | text   |      | 指标           | indicator
    code               | text   |      | 代码           | region or league
    named              | flag   |      | 重点盟市       | shares the gap (the region: always)
    baseline           | number | unit | 基期值         | base-year value
    target             | number | unit | 目标           | the commitment; of a league the issued target
    planned_growth     | number | %/yr | 规划增速       | growth a year from base to target (rates: points in all)
    current            | number | unit | 评估年值       | value of the as-of year: reported, else carried on
    estimated          | flag   |      | 估算           | the as-of year's value is carried on, not reported
    summed             | flag   |      | 盟市合计       | no figure of the region, the sum of leagues that all reported
    grade              | text   |      | 数据等级       | grade of the as-of year's value, of a product the worse
    unit_value         | number |      | 单位产值       | unit value of the as-of year: reported, else carried on
    unit_value_grade   | text   |      | 单位产值等级   | its grade
    reported           | whole  |      | 已报盟市数     | leagues that reported (region)
    expected           | whole  |      | 应报盟市数     | leagues that have a base-year value (region)
    factor             | number |      | 调整系数       | what carried-on figures were multiplied by (region)
    unreported         | number | unit | 未报差额       | what the region's figure leaves unexplained (region)
    difference         | number | unit | 统计差异       | statistical difference of the as-of year (region)
    growth_so_far      | number | %/yr | 至今年均增速   | growth from the base year to the as-of year
    completion         | number | %    | 完成率         | value of the as-of year by target
    progress           | number | %    | 目标实现进度   | way covered from base to target
    schedule           | number | %    | 年度应达进度   | the milestone's share of the way
    elapsed            | number | %    | 时间进度       | years gone over years
    status             | text   |      | 状态           | monitoring's word for the as-of year
    projection         | number | unit | 趋势预测       | where the area arrives from the as-of year by itself
    projected_part     | number | %    | 预测完成率     | projection by target
    gap                | number | unit | 缺口           | target less projection (negative: none)
    kept               | number | unit | 超额保留量     | what leagues past their target keep beyond it (region)
    to_share           | number | unit | 待再分解缺口   | gap and what is kept: what is shared again (region)
    needed_growth      | number | %/yr | 年均需增长     | growth needed in the years left; 0 where it is reached
    fastest_growth     | number | %/yr | 同口径最快增速 | fastest growth over as many years on one basis (region)
    fastest_first      | whole  |      | 最快时段起     | first year of that stretch
    fastest_last       | whole  |      | 最快时段止     | its last year
    fastest_since      | whole  |      | 所查数据起     | first of the years in which it was looked for
    fastest_until      | whole  |      | 所查数据止     | the last of them
    fastest_basis      | text   |      | 最快时段口径   | its basis: the plan's, else an older one
    band               | text   |      | 达成可能性     | likelihood of the target from the as-of year, by history
    assumed            | flag   |      | 依据为假定     | the quantity's growth behind that likelihood is only assumed
    unit_value_assumed | flag   |      | 单位产值为假定 | only the unit value's growth is assumed
    passed             | flag   |      | 已达目标       | has reached its target before the target year
    amount             | number | unit | 再分解量       | share of the gap that is left
    new_target         | number | unit | 调整后目标     | target when the gap that is left is shared again
    rule               | text   |      | 分解规则       | rule by which the gap that is left is shared (region)
    path               | text   |      | 年度路径       | how the years lead to the target (region)
    feasibility        | text   |      | 上下限情况     | enough, ceilings_short or floors_exceed (region)
    reachable          | number | unit | 最大可达       | the largest total within the ceilings (region)
    warning            | text   |      | 预警           | unlikely, too_fast, both, or empty
    verdict            | text   |      | 评估结论       | done, missed, unknown, reached, expected, open, \
warned or not_judged
    printed_baseline   | number | unit | 基期值         | base-year value as shown
    printed_target     | number | unit | 目标           | target as shown
    printed_current    | number | unit | 评估年值       | value of the as-of year as shown
    printed_difference | number | unit | 统计差异       | statistical difference as shown (region)
    printed_projection | number | unit | 趋势预测       | projection as shown
    printed_gap        | number | unit | 缺口           | gap as shown
    printed_kept       | number | unit | 超额保留量     | what is kept as shown (region)
    printed_to_share   | number | unit | 待再分解缺口   | what is shared again as shown (region)
    printed_amount     | number | unit | 再分解量       | share of the gap as shown
    printed_new_target | number | unit | 调整后目标     | new target as shown
    printed_reachable  | number | unit | 最大可达       | the largest total as shown (region)
""")

EVALUATION_YEARS = declare_columns("""
    indicator                  | text   |      | 指标         | indicator
    code                       | text   |      | 代码         | region or league
    year                       | whole  |      | 年份         | from the as-of year to the target year
    herd                       | number | herd | 存栏         | herd of the year (rates)
    projected                  | number | unit | 当年趋势预测 | value of the year by itself (as-of year: its value)
    low                        | number | unit | 区间下界     | lower end of the 80 % range by history
    high                       | number | unit | 区间上界     | its upper end
    milestone                  | number | unit | 年度目标     | value to pass, with the gap that is left shared again
    carried_difference         | number | unit | 统计差异     | statistical difference (region; rates: points)
    unallocated                | number | unit | 未分解量     | what the milestone asks beyond leagues and difference
    printed_projected          | number | unit | 当年趋势预测 | value of the year as shown
    printed_low                | number | unit | 区间下界     | lower end as shown
    printed_high               | number | unit | 区间上界     | upper end as shown
    printed_milestone          | number | unit | 年度目标     | value to pass as shown
    printed_carried_difference | number | unit | 统计差异     | difference as shown beside the projections (region)
    printed_due_difference     | number | unit | 统计差异     | difference as shown beside the milestones (region)
    printed_unallocated        | number | unit | 未分解量     | what is unallocated as shown (region)
""")
