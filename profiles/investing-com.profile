# SPDX-License-Identifier: Apache-2.0
# investing.com: historical data by day, CSV, every field in quotes. Price is the close. Dates are `Apr 09, 2020` or, in
# newer files, 04/09/2020, by the language of the page: --date-order says it. Shares have the same columns.
# Source: files that the site exported; the columns are seen in many public programs that read them.
name investing-com
about investing.com: historical data by day, CSV
unconfirmed-layout known from programs that read it; the prices of shares look the same
kind rate
header yes
separator comma
roles header

role date Date
role rate Price
cannot-say which coin in which currency: say -m base==BTC -m quote==USD
cannot-say the order of day and month, where both are numbers (--date-order)
cannot-say when a day begins and ends
