# SPDX-License-Identifier: Apache-2.0
# BTCPay Server: transactions of a wallet as its page exports them, CSV. Times have an offset, the month comes first.
# Source: BTCPayServer/Services/Wallets/Export/TransactionsExport.cs of btcpayserver/btcpayserver at 03345c28.
# A wallet knows no accounts: -m account=Comment, or -m account==WALLET, say.
name btcpay-transactions
about BTCPay Server: transactions of a wallet, CSV
kind payment
header yes
separator comma
roles header
date-order mdy

sniff columns "Transaction Id" Timestamp Amount Currency "Is Confirmed" Comment Labels 150
role paid Timestamp
role amount Amount
role currency Currency
role txid "Transaction Id"
role status "Is Confirmed"
confirmed true
unconfirmed false
cannot-say who paid: a wallet has no accounts. Say -p btcpay-transactions with -m account=Comment where comments name them, else with -m account==WALLET
