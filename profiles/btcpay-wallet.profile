# SPDX-License-Identifier: Apache-2.0
# BTCPay Server: report of a wallet on chain, CSV. What was received is above zero, what was spent below.
# Source: BTCPayServer/Services/Reporting/OnChainWalletReportProvider.cs of btcpayserver/btcpayserver at 03345c28.
# A wallet knows no accounts: -m account=InvoiceId, or -m account==WALLET, say.
name btcpay-wallet
about BTCPay Server: report of a wallet on chain, CSV
kind payment
header yes
separator comma
roles header

sniff columns Date Crypto TransactionId InvoiceId Confirmed BalanceChange Fee FeeRate 150
role paid Date
role amount BalanceChange
role currency Crypto
role txid TransactionId
role status Confirmed
confirmed true
unconfirmed false
cannot-say who paid: a wallet has no accounts. Say -p btcpay-wallet with -m account=InvoiceId, else with -m account==WALLET
cannot-say which zone Date is in, where it has no offset
