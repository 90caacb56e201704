"""Growth from history: methods, suggestions by tier, prediction intervals, attainment, backtest, kept fits."""
