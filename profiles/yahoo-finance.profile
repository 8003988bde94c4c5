# SPDX-License-Identifier: Apache-2.0
# Yahoo Finance: historical data by day, CSV. What it is of is in the name of the file alone (BTC-USD.csv); shares have the
# same columns.
# Source: files that the site exported; the columns are seen in many public programs that read them.
name yahoo-finance
about Yahoo Finance: historical data by day, CSV
unconfirmed-layout known from programs that read it; the prices of shares look the same
kind rate
header yes
separator comma
roles header

role date Date
role rate Close
cannot-say which coin in which currency: say -m base==BTC -m quote==USD
cannot-say when a day begins and ends
