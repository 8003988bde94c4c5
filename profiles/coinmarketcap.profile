# SPDX-License-Identifier: Apache-2.0
# CoinMarketCap: historical data by day, CSV with semicolons and quotes. A row is a day from timeOpen to timeClose, UTC.
# Source: files that the site exports; name is the site's number of the currency (2781 is US dollars), or the coin.
name coinmarketcap
about CoinMarketCap: historical data by day, CSV
kind rate
header yes
roles header

sniff columns timeOpen timeClose timeHigh timeLow open high low close volume marketCap 150
role date timeOpen
role rate close
zone UTC
cannot-say which coin in which currency: say -p coinmarketcap -m base==BTC -m quote==USD
