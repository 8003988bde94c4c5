# SPDX-License-Identifier: Apache-2.0
# Kraken: OHLCVT files by pair and interval, no header: time, open, high, low, close, volume, trades; time is the
# beginning of a candle, in seconds since the epoch, UTC. The pair is in the name of the file alone. With 8 columns, as
# the interface gives them, vwap stands before volume.
# Source: Kraken, REST API, OHLC.
name kraken
about Kraken: OHLCVT file, no header
unconfirmed-layout the columns of the files are not documented, those of the interface are
kind rate
header no
separator comma
widths 7-8
roles header

role date 1
role rate 5
zone UTC
cannot-say which coin in which currency: say -m base==BTC -m quote==GBP
