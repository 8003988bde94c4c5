/* SPDX-License-Identifier: Apache-2.0 */
/* Payment addresses and transaction ids: the form in which two writings of one thing are equal. */
#ifndef UNSPOOF_BASE_MONEY_ADDRESS_H
#define UNSPOOF_BASE_MONEY_ADDRESS_H

#include <stddef.h>
#include <stdint.h>

/* What a payment address is. The Bitcoin kinds are of the main network. */
enum address_kind {
	ADDRESS_OTHER,        /* none of these: an account, an e-mail, another coin, a test network */
	ADDRESS_P2PKH,        /* base58check, version 0: begins with 1 */
	ADDRESS_P2SH,         /* base58check, version 5: begins with 3 */
	ADDRESS_BECH32,       /* witness version 0, 20 or 32 bytes (BIP 173): begins with bc1q */
	ADDRESS_BECH32M,      /* witness version 1 to 16 (BIP 350): begins with bc1p and others */
	ADDRESS_ETHEREUM,     /* 0x and 40 hexadecimal digits; case, which EIP-55 makes a checksum, is not looked at */
	ADDRESS_BAD_CHECKSUM, /* written like one of those of Bitcoin, but cut, mistyped or malformed */
	ADDRESS_UNCHECKED     /* written like base58check, but the checksum could not be computed */
};

/*
 * Writes the identity of the address `text` (`len` bytes, need not end in NUL) and a NUL to `out`, and its kind to `*kind`.
 * Blanks around are dropped. For a Bitcoin address, good or bad, so are `bitcoin:` (BIP 21, in any case) before and `?` with
 * what follows; bech32 in one case is lower-cased, base58 stays as it is, for its case counts. So are `ethereum:` (ERC-681)
 * and what follows an Ethereum address, which is lower-cased. Bech32 of another coin or network, whose checksum holds, is
 * lower-cased too. Any other text stays as it is, with its prefix and query. Returns the length without the NUL; or 0, with an empty text, when there is nothing but
 * blanks or `size` is too small: len + 1 bytes are always enough.
 */
size_t address_identity(const char *text, size_t len, char *out, size_t size, enum address_kind *kind);

/* No output is named. */
#define TXID_NO_OUTPUT (-1)

/*
 * Writes the identity of the transaction id `text` and a NUL to `out`: of 64 hexadecimal digits, alone or behind `0x`,
 * these in lower case; any other text is kept, without the blanks around. An output of a transaction, as block explorers
 * (`TXID:n`) and shops (`TXID-n`) write it, gives the transaction, and `n` in `*output`, 0 to 4,294,967,295; otherwise that
 * is TXID_NO_OUTPUT. Returns as address_identity() does.
 */
size_t txid_identity(const char *text, size_t len, char *out, size_t size, int64_t *output);

#endif
