# SPDX-License-Identifier: Apache-2.0
# BTCPay Server: report Invoices as CSV: a row a payment. What is of the invoice, its state and the shop's own data among
# it, stands in its first row alone; invoices that nobody paid have a row without a payment.
# Source: BTCPayServer/Services/Reporting/InvoicesReportProvider.cs (Write, FlattenFields) of btcpayserver/btcpayserver at
# 41ae8189, orderId being a key of InvoiceMetadata. PaymentId of a payment on chain is a txid and an output.
name btcpay-invoices
about BTCPay Server: report Invoices, CSV
kind payment
header yes
separator comma

sniff columns InvoiceCreatedDate InvoiceId InvoiceCurrency InvoiceFullStatus InvoiceStatus PaymentReceivedDate PaymentId PaymentAddress PaymentMethodId PaymentCurrency PaymentAmount PaymentInvoiceAmount orderId 150
keep PaymentId /[^\s]/
role payment_id PaymentId
role account orderId
role paid PaymentReceivedDate
role amount PaymentAmount
role currency PaymentCurrency
role to_address PaymentAddress
role txid PaymentId when PaymentId /^[0-9a-f]{64}-\d+$/
fallback txid /-/ PaymentId /^([0-9a-f]{64})-\d+$/
role status InvoiceStatus
confirmed Settled
unconfirmed New
unconfirmed Processing
unconfirmed Invalid
cannot-say whose orderId it is: the shop chose whether it stands for an account or for an order
cannot-say the account of the second payment of an invoice and of those behind it: orderId is in the first row alone, and they are rejected. With -m account=InvoiceId all are taken
cannot-say whether the second payment of an invoice was confirmed: the state is that of the invoice, in its first row
cannot-say which zone the dates are in, where they have no offset
