# SPDX-License-Identifier: Apache-2.0
# CoinGecko: prices by day, CSV. The snapshot at 00:00 UTC is the close of the day before. Some days are missing
# (2013-06-04 and 2015-01-28 of Bitcoin in US dollars).
# Source: files that the site exports, such as btc-usd-max.csv; the pair is in the name of the file alone.
name coingecko
about CoinGecko: prices by day, CSV
kind rate
header yes
roles header

sniff columns snapped_at price market_cap total_volume 150
role date snapped_at
role rate price
zone UTC
cannot-say which coin in which currency: say -p coingecko -m base==BTC -m quote==GBP
