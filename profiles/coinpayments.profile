# SPDX-License-Identifier: Apache-2.0
# CoinPayments: what its interface tells of a transaction (get_tx_info), kept as JSON lines or in a table of the shop's.
# Source: coinpayments.net, API documentation, get_tx_info: time_created and time_expires are seconds since the epoch,
# amountf and receivedf decimal amounts of coin; a status of 100 or more, or 2, is paid, below 0 is none.
name coinpayments
about CoinPayments: answers of get_tx_info
unconfirmed-layout known from documentation alone; no export of its pages was seen
kind payment
roles header

role paid time_created
role amount receivedf
role currency coin
role to_address payment_address
role status status
confirmed 100
confirmed 2
unconfirmed 0
unconfirmed 1
unconfirmed -1
cannot-say who paid: say -m account=COLUMN, the shop's own
cannot-say the txid
