/* SPDX-License-Identifier: Apache-2.0 */
/* 128-bit integers: products of amounts and rates, sums of weights. */
#ifndef UNSPOOF_BASE_WIDE_H
#define UNSPOOF_BASE_WIDE_H

__extension__ typedef __int128 i128;
__extension__ typedef unsigned __int128 u128;

#endif
