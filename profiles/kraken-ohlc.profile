# SPDX-License-Identifier: Apache-2.0
# Kraken, what its interface answers for OHLC: {"error":[],"result":{"PAIR":[[time, open, high, low, close, vwap, volume,
# count], ...], "last": ID}}; time is the beginning of a candle, in seconds since the epoch, UTC, and the last candle is not
# over yet. The pair is what the table is called.
# Source: Kraken, REST API, OHLC.
name kraken-ohlc
about Kraken: answer of the interface for OHLC, JSON
confirmed-by Kraken, REST API, OHLC
kind rate
header no
widths 8
zone UTC
sniff 1 /^[0-9]{9,10}$/ 60
sniff 5 /^[0-9]+\.[0-9]+$/ 30
cannot-say which of its candles was not over yet: the last, as a rule
role date 1
role rate 5

table XXBTZGBP XBTGBP
role base ="BTC"
sniff table 60
role quote ="GBP"

table XXBTZUSD XBTUSD
role base ="BTC"
sniff table 60
role quote ="USD"

table XXBTZEUR XBTEUR
role base ="BTC"
sniff table 60
role quote ="EUR"
