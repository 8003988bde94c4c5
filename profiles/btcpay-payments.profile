# SPDX-License-Identifier: Apache-2.0
# BTCPay Server: report Payments as CSV. Date is that of the invoice; the page writes it in the zone of the browser, an
# export through the API with an offset.
# Source: BTCPayServer/Services/Reporting/PaymentsReportProvider.cs and wwwroot/js/store-reports.js (149 to 151) of
# btcpayserver/btcpayserver at 03345c28.
name btcpay-payments
about BTCPay Server: report Payments, CSV
kind payment
header yes
separator comma

sniff columns Date InvoiceId OrderId Category PaymentMethodId Confirmed Address PaymentCurrency PaymentAmount InvoiceCurrency 150
role account OrderId
role paid Date
role amount PaymentAmount
role currency PaymentCurrency
role to_address Address
role status Confirmed
confirmed true
unconfirmed false
cannot-say whose OrderId it is: the shop chose whether it stands for an account or for an order
cannot-say when a payment was made: Date is that of its invoice
cannot-say the txid
cannot-say which zone Date is in, where it has no offset
