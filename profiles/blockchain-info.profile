# SPDX-License-Identifier: Apache-2.0
# blockchain.info: chart market-price as CSV, no header: time and price of a bitcoin in US dollars. Long series have
# every second day; the first rows are 0.0, no price yet.
# Source: api.blockchain.info/charts/market-price?format=csv.
# Two columns of times and numbers may be anything: it is taken only with -p.
name blockchain-info
about blockchain.info: market-price.csv, no header (with -p alone)
kind rate
header no
separator comma
widths 2

role date 1
role base ="BTC"
role quote ="USD"
role rate 2
drop 2 /^0+(?:\.0*)?$/
zone UTC
cannot-say that it is this series: two columns without names may be any, so that it never bids
cannot-say the price of every day: long series have every second one
