# SPDX-License-Identifier: Apache-2.0
# BTCPay Server: report Legacy Invoice Export as CSV: a row a payment, with all that is of its invoice in each; invoices
# that nobody paid have a row without a payment. Payments that do not count, as one that was replaced, have Accounted false.
# Source: BTCPayServer/Services/Reporting/LegacyInvoiceExportReportProvider.cs of btcpayserver/btcpayserver at 23d562c4.
# PaymentId of a payment on chain is a txid and an output.
name btcpay-legacy
about BTCPay Server: report Legacy Invoice Export, CSV
kind payment
header yes
separator comma

sniff columns ReceivedDate StoreId OrderId InvoiceId InvoiceCreatedDate PaymentId Destination PaymentType CryptoCode Paid InvoiceStatus BuyerEmail Accounted 150
keep PaymentId /[^\s]/
drop Accounted /^(?i)false$/
role payment_id PaymentId
role account OrderId
role paid ReceivedDate
role amount Paid
role currency CryptoCode
role to_address Destination
role txid PaymentId when PaymentId /^[0-9a-f]{64}-\d+$/
fallback txid /-/ PaymentId /^([0-9a-f]{64})-\d+$/
role status InvoiceStatus
confirmed complete
confirmed confirmed
confirmed Settled
unconfirmed new
unconfirmed paid
unconfirmed Processing
unconfirmed invalid
cannot-say whose OrderId it is: the shop chose whether it stands for an account or for an order
cannot-say the buyer's e-mail as that of an account: BuyerEmail is of an invoice, and is not read
cannot-say which zone the dates are in, where they have no offset
