# SPDX-License-Identifier: Apache-2.0
# Electrum: history of a wallet as JSON, client 4.5: an object of objects, by hash of the transaction.
# Source: tests/test_history_export of spesmilo/electrum at 92357801.
# Of a transaction on chain the amount on chain is read; what it moved to or from Lightning, as one that opens a channel does,
# is the wallet's own.
# A wallet knows no accounts: -m account=label where its owner wrote them there, else -m account==WALLET, say.
name electrum-json
about Electrum: history of a wallet, JSON
kind payment
roles header

sniff columns amount_sat bc_value confirmations timestamp txid incoming lightning label 150
role paid timestamp
role amount bc_value when txid /[^\s]/
role amount ln_value
role txid txid when txid /[^\s]/
currency BTC
cannot-say who paid: a wallet has no accounts. Say -p electrum-json with -m account=label where labels name them, else with -m account==WALLET
cannot-say which coin it is, but that Electrum's is Bitcoin; a test network's has no worth
