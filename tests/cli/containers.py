# SPDX-License-Identifier: Apache-2.0
# The files of containers.sh, from c1.csv to c3.csv.
import bz2
import gzip
import hashlib
import hmac
import io
import lzma
import os
import struct
import subprocess
import tarfile
import zipfile
import zlib

texts = {name: open(name, 'rb').read() for name in ('c1.csv', 'c2.csv', 'c3.csv')}


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w', method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return out.getvalue()


def tarred(members, mode='w'):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def cpio(members):
    out = b''
    for number, (name, data) in enumerate(members + [('TRAILER!!!', b'')]):
        name = name.encode() + b'\0'
        fields = (number + 1, 0o100644, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(name), 0)
        entry = b'070701' + b''.join(b'%08x' % field for field in fields) + name
        entry += b'\0' * (-len(entry) % 4)
        out += entry + data + b'\0' * (-len(data) % 4)
    return out


# Traditional encryption, APPNOTE.TXT section 6.1.
class Keys:
    table = [0] * 256
    for i in range(256):
        crc = i
        for _ in range(8):
            crc = crc >> 1 ^ (0xedb88320 if crc & 1 else 0)
        table[i] = crc

    def __init__(self, password):
        self.keys = [0x12345678, 0x23456789, 0x34567890]
        for byte in password:
            self.update(byte)

    def crc(self, crc, byte):
        return crc >> 8 ^ self.table[(crc ^ byte) & 0xff]

    def update(self, byte):
        k = self.keys
        k[0] = self.crc(k[0], byte)
        k[1] = ((k[1] + (k[0] & 0xff)) * 134775813 + 1) & 0xffffffff
        k[2] = self.crc(k[2], k[1] >> 24)

    def encrypt(self, data):
        out = bytearray()
        for byte in data:
            temporary = self.keys[2] | 2
            out.append(byte ^ (temporary * (temporary ^ 1) >> 8 & 0xff))
            self.update(byte)
        return bytes(out)


def entry(name, flags, method, crc, data, size, extra=b''):
    local = struct.pack('<4sHHHHHIIIHH', b'PK\3\4', 20, flags, method, 0, 33, crc, len(data), size, len(name), len(extra))
    central = struct.pack('<4sHHHHHHIIIHHHHHII', b'PK\1\2', 20, 20, flags, method, 0, 33, crc, len(data), size, len(name),
                          len(extra), 0, 0, 0, 0o100644 << 16, 0)
    return local + name + extra + data, central, name + extra


def assembled(entries):
    body, directory = b'', b''
    for local, central, tail in entries:
        directory += central[:42] + struct.pack('<I', len(body)) + tail
        body += local
    return body + directory + struct.pack('<4sHHHHIIH', b'PK\5\6', 0, 0, len(entries), len(entries), len(directory),
                                          len(body), 0)


def crypted(password):
    entries = []
    for name in ('c1.csv', 'c2.csv'):
        text = texts[name]
        crc = zlib.crc32(text)
        data = Keys(password).encrypt(bytes(range(11)) + bytes([crc >> 24]) + text)
        entries.append(entry(name.encode(), 1, 0, crc, data, len(text)))
    return assembled(entries)


# AE-2 with 128 bits, as WinZip describes it: a counter that begins at 1, its lowest byte first.
def aes(password):
    text, salt = texts['c1.csv'], bytes(range(8))
    keys = hashlib.pbkdf2_hmac('sha1', password, salt, 1000, 34)
    blocks = b''.join(struct.pack('<QQ', i + 1, 0) for i in range(len(text) // 16 + 1))
    stream = subprocess.run(['openssl', 'enc', '-aes-128-ecb', '-nopad', '-K', keys[:16].hex()], input=blocks,
                            capture_output=True, check=True).stdout
    data = bytes(a ^ b for a, b in zip(text, stream))
    seal = hmac.new(keys[16:32], data, 'sha1').digest()[:10]
    return assembled([entry(b'c1.csv', 1, 99, 0, salt + keys[32:] + data + seal, len(text),
                            struct.pack('<HHH2sBH', 0x9901, 7, 2, b'AE', 1, 0))])


# 7z, doc/7zFormat.txt of its sources: a folder a file, each of one coder.
def number7(value):
    for more in range(8):
        if value < 1 << (7 * (more + 1)):
            first = (0xff00 >> more) & 0xff | value >> (8 * more)
            return bytes([first]) + (value & (1 << (8 * more)) - 1).to_bytes(more, 'little')
    return b'\xff' + struct.pack('<Q', value)


# What the coders do is (identifier, properties, packed bytes, bytes unpacked, their CRC).
def streams7(place, coded):
    count = number7(len(coded))
    out = b'\6' + number7(place) + count + b'\x09' + b''.join(number7(len(c[2])) for c in coded) + b'\0'
    out += b'\7\x0b' + count + b'\0'
    for name, properties, _, _, _ in coded:
        out += b'\1' + bytes([len(name) | (0x20 if properties else 0)]) + name
        out += number7(len(properties)) + properties if properties else b''
    out += b'\x0c' + b''.join(number7(c[3]) for c in coded)
    return out + b'\x0a\1' + b''.join(struct.pack('<I', c[4]) for c in coded) + b'\0\x08\0\0'


def seven(members, code, code_header=None):
    coded = [code(data) for _, data in members]
    names = b'\0' + b''.join((name + '\0').encode('utf-16-le') for name, _ in members)
    head = b'\1\4' + streams7(0, coded) + b'\5' + number7(len(members)) + b'\x11' + number7(len(names)) + names + b'\0\0'
    body = b''.join(c[2] for c in coded)
    if code_header:
        packed = code_header(head)
        place, body = len(body), body + packed[2]
        head = b'\x17' + streams7(place, [packed])
    start = struct.pack('<QQI', len(body), len(head), zlib.crc32(head))
    return b'7z\xbc\xaf\x27\x1c\0\4' + struct.pack('<I', zlib.crc32(start)) + start + body + head


def copied(data):
    return b'\0', b'', data, len(data), zlib.crc32(data)


def by_lzma(data):
    packed = lzma.compress(data, lzma.FORMAT_ALONE)
    return b'\3\1\1', packed[:5], packed[13:], len(data), zlib.crc32(data)


# AES with SHA-256; whether there is anything in the bytes nobody can tell.
def sealed(data):
    return b'\6\xf1\7\1', b'\x53\7' + bytes(range(8)), bytes(len(data) + -len(data) % 16), len(data), zlib.crc32(data)


# Deflate64, which libarchive does not have.
def by_deflate64(data):
    return b'\4\1\x09', b'', data, len(data), zlib.crc32(data)


def write(name, data):
    with open(name, 'wb') as out:
        out.write(data)


three = [(name, texts[name]) for name in texts]
c1, c2, c3 = three
inner_tgz = tarred([c1, c2], 'w:gz')
write('plain.tar', tarred(three))
write('plain.tar.gz', tarred(three, 'w:gz'))
write('plain.zip', zipped(three))
write('plain.cpio', cpio(three))
write('plain.7z', seven(three, copied))
write('lzma.7z', seven(three, by_lzma, by_lzma))
write('crypt.7z', seven([c1, c2], sealed))
write('crypt-names.7z', seven([c1, c2], sealed, sealed))
write('crypt-7z-in.tar', tarred([('crypt.7z', seven([c1], sealed)), ('names.7z', seven([c2], sealed, sealed)), c3]))
write('deflate64.7z', seven([c1], by_deflate64))
write('7z-in.tar', tarred([('inner.7z', seven([c1, c2], by_lzma)), c3]))
write('cut.7z', seven(three, by_lzma, by_lzma)[:-9])
write('zip-in-tar.tar', tarred([('inner.zip', zipped([c1, c2])), c3]))
write('gz-in-zip.zip', zipped([('c1.csv.gz', gzip.compress(c1[1])), ('c2.csv.gz', gzip.compress(c2[1]))]))
write('one-gz-in-zip.zip', zipped([('c1.csv.gz', gzip.compress(c1[1]))]))
write('tgz-in-zip.zip', zipped([('inner.tar.gz', inner_tgz), c3]))
write('one-in-tgz-in-zip.zip', zipped([('inner.tar.gz', tarred([c1], 'w:gz'))]))
write('zip.gz', gzip.compress(zipped(three)))
write('deep.zip', zipped([('middle.zip', zipped([('c1.csv.gz', gzip.compress(c1[1]))])), c3]))
write('empty-inside.zip', zipped([('nothing.tar.gz', tarred([], 'w:gz')), c3]))
damaged = bytearray(zipped([c1, c2]))
damaged[40:60] = bytes(20)
write('damaged-inside.zip', zipped([('inner.zip', bytes(damaged)), c3]))
write('quine.zip', zipped([('quine.zip', zipped([('quine.zip', zipped([('quine.zip', b'')]))]))]))
write('paths.tar', tarred([('../escaped.csv', c1[1]), ('/tmp/unspoof-absolute.csv', c2[1]), ('a\033[31m\n.csv', c3[1])]))
write('crypt.zip', crypted(b'open sesame'))
write('crypt-in-tar.tar', tarred([('crypt.zip', crypted(b'open sesame'))]))
try:
    write('aes.zip', aes(b'open sesame'))
except (OSError, subprocess.CalledProcessError):
    pass


# 64 MiB of one row in few bytes: bzip2 packs them closer than 1,000 to 1, and so do two gzips.
row = c1[1].split(b'\n')[1] + b'\n'
long = c1[1].split(b'\n')[0] + b'\n' + b''.join(b'%d' % i + row[1:] for i in range(20000))
write('long.csv.gz', gzip.compress(long))
dense = bz2.compress(c1[1] + b'0' * (64 << 20))
write('bomb.gz', dense)
write('bomb.zip', zipped([('bomb.csv', c1[1] + b'0' * (64 << 20))], zipfile.ZIP_BZIP2))
write('bomb-in.zip', zipped([('bomb.csv.bz2', dense)]))
write('bomb-skipped.tar.gz', bz2.compress(tarred([('a.pdf', b'%PDF-1.4\n' + bytes(64 << 20)), c1])))
write('sheet.ods', zipped([('mimetype', b'application/vnd.oasis.opendocument.spreadsheet'), ('content.xml', b'<a/>')],
                          zipfile.ZIP_STORED))
write('sheet.xlsb', zipped([('[Content_Types].xml', b'<Types/>'), ('xl/workbook.bin', b'x')], zipfile.ZIP_STORED))
