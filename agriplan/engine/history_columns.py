"""The data dictionary of what history says beside a plan: likelihood, past stretches, what came afterwards."""

from agriplan.engine.column_declarations import declare_columns

# The edges between the bands: target by projection (rates: target less projection, in points), rising.
OUTLOOK = declare_columns("""
    indicator              | text   |         | 指标           | indicator
    code                   | text   |         | 代码           | region or league
    projection_by_history  | number | unit    | 历史趋势预测   | projection with every growth as history suggests it
    printed_by_history     | number | unit    | 历史趋势列示数 | the same as it is shown
    band                   | text   |         | 达成可能性     | band of reaching the target by history alone
    assumed                | flag   |         | 依据为假定     | the quantity's growth is only assumed
    unit_value_assumed     | flag   |         | 单位产值为假定 | only the unit value's growth is assumed
    entered                | flag   |         | 增速为填报     | an entered growth changes the projection
    entered_band           | text   |         | 填报可能性     | the band of the projection as entered
    range                  | text   |         | 与合理区间     | inside, above or below the plausible range
    plausible_low          | number | times   | 合理区间下界   | lower plausible end by projection_by_history
    plausible_high         | number | times   | 合理区间上界   | the upper one (rates: points above)
    edge_1                 | number | times   | 95 % 界        | below it the likelihood is above 95 %
    edge_2                 | number | times   | 80 % 界        | below it the likelihood is above 80 %
    edge_3                 | number | times   | 50 % 界        | below it the likelihood is above 50 %
    edge_4                 | number | times   | 20 % 界        | below it the likelihood is above 20 %
    edge_5                 | number | times   | 5 % 界         | below it the likelihood is above 5 %
    stretches              | number | count   | 历史时段数     | past stretches as long as the plan (region)
    fast_stretches         | number | count   | 达标时段数     | those that grew as fast as is needed now
""")

# Past stretches as long as the plan, one row an unbroken run of years on one basis.
PAST = declare_columns("""
    indicator              | text   |         | 指标           | indicator
    basis                  | text   |         | 口径           | basis of the run of years
    comparable             | flag   |         | 口径可比       | whether that is the plan's own basis
    first                  | number | year    | 起始年份       | first year of the run
    last                   | number | year    | 终止年份       | its last year
    needed                 | number | %/yr    | 需增长         | what the quantity has to grow by (rates: points)
    stretches              | number | count   | 时段数         | stretches in the run
    fast_stretches         | number | count   | 达标时段数     | those that grew as fast as is needed now
    first_start            | number | year    | 最早起始年份   | first year of the earliest of those (empty: none)
    last_start             | number | year    | 最晚起始年份   | first year of the latest of those
""")

# What came after the base year beside the projection of its year, one row a figure.
HINDSIGHT = declare_columns("""
    indicator              | text   |         | 指标           | indicator
    code                   | text   |         | 代码           | region or league
    year                   | number | year    | 年份           | year of the figure
    actual                 | number | unit    | 实际值         | what came
    projection             | number | unit    | 历史趋势预测   | what history had projected for that year
    error                  | number | % off   | 预测误差       | projection by actual, less one (rates: points)
    low                    | number | unit    | 区间下界       | lower end of the 80 % range of that projection
    high                   | number | unit    | 区间上界       | its upper end
    inside                 | flag   |         | 落在区间内     | the range held the figure
    compared               | flag   |         | 可比           | on the plan's basis, by its definition, in its prices
    grade                  | text   |         | 数据等级       | grade of the figure
    basis                  | text   |         | 口径           | its basis
    definition             | text   |         | 指标含义       | what it counts, where that is something else
    price_year             | number | year    | 价格年份       | whose prices it is in, where not the base year's
""")
