# SPDX-License-Identifier: Apache-2.0
# CryptoDataDownload: candles of an exchange by day, CSV; a line or two with an address before the header, the newest row
# first. Unix Timestamp is seconds or milliseconds, by exchange and year.
# Source: files of cryptodatadownload.com, such as Bitstamp_BTCUSD_d.csv.
name cryptodatadownload
about CryptoDataDownload: candles of an exchange, CSV
kind rate
header yes
separator comma

sniff columns "Unix Timestamp" Date Symbol Open High Low Close Volume 150
role date "Unix Timestamp"
role base Symbol
role quote Symbol
role rate Close
fallback base // Symbol /^([A-Za-z]{3,4})\/?[A-Za-z]{3,4}$/
fallback quote // Symbol /^[A-Za-z]{3,4}?\/?([A-Za-z]{3})$/
zone UTC
cannot-say what a file by hour or minute is: a rate is one of a day
