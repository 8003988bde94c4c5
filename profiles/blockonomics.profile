# SPDX-License-Identifier: Apache-2.0
# Blockonomics: history of addresses as its interface gives it (searchhistory), JSON.
# Source: blockonomics.co, API documentation, History: time is seconds since the epoch, value is satoshi, net of what the
# wallet spent. Pending ones have a status of 0 or 1.
name blockonomics
about Blockonomics: history of addresses (searchhistory)
unconfirmed-layout known from documentation alone; no export of its pages was seen
kind payment
roles header

role paid time
role amount value
role txid txid
currency SAT
cannot-say who paid: say -m account=COLUMN, or -m account==WALLET
