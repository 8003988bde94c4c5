# SPDX-License-Identifier: Apache-2.0
# Electrum: history of a wallet as CSV, client 4.5. What was received is above zero, what was spent below; amounts of
# lightning have a column of their own. Times are on the clock of the computer with the wallet.
# Source: tests/test_history_export of spesmilo/electrum at 92357801; util.timestamp_to_datetime.
# Of a transaction on chain the amount on chain is read; what it moved to or from Lightning, as one that opens a channel does,
# is the wallet's own.
# A wallet knows no accounts: -m account=label where its owner wrote them there, else -m account==WALLET, say.
name electrum-csv
about Electrum: history of a wallet, CSV
kind payment
header yes
separator comma
roles header

sniff columns oc_transaction_hash ln_payment_hash label confirmations amount_chain_bc amount_lightning_bc network_fee_bc timestamp 150
role paid timestamp
role amount amount_chain_bc when oc_transaction_hash /[^\s]/
role amount amount_lightning_bc
role txid oc_transaction_hash when oc_transaction_hash /[^\s]/
currency BTC
cannot-say who paid: a wallet has no accounts. Say -p electrum-csv with -m account=label where labels name them, else with -m account==WALLET
cannot-say which coin it is, but that Electrum's is Bitcoin; a test network's has no worth
cannot-say which zone timestamp is in
