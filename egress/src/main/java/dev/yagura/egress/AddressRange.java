package dev.yagura.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * A block of addresses.
 *
 * @param network its first address, 4 or 16 bytes
 * @param prefix how many leading bits count
 * @param why what the block is for, for a person
 */
record AddressRange(byte[] network, int prefix, String why) {

  /** Parses {@code 10.0.0.0/8} or a single address. Names are not resolved. */
  static AddressRange parse(String text, String why) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!address.matches("[0-9.]+|\\[?[0-9a-fA-F:.]*:[0-9a-fA-F:.]*]?")) {
      throw new IllegalArgumentException(text + " is no address");
    }
    try {
      byte[] bytes = InetAddress.ofLiteral(address.replaceAll("[\\[\\]]", "")).getAddress();
      int prefix = slash < 0 ? bytes.length * 8 : Integer.parseInt(text.substring(slash + 1));
      if (prefix < 0 || prefix > bytes.length * 8) {
        throw new IllegalArgumentException(text + " has an impossible length");
      }
      return new AddressRange(bytes, prefix, why);
    } catch (NumberFormatException noLength) {
      throw new IllegalArgumentException(text + " has no length", noLength);
    }
  }

  boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int whole = prefix / 8;
    for (int i = 0; i < whole; i++) {
      if (address[i] != network[i]) {
        return false;
      }
    }
    int mask = 0xff00 >> (prefix % 8) & 0xff;
    return prefix % 8 == 0 || (address[whole] & mask) == (network[whole] & mask);
  }

  /** The address in the last four bytes of an IPv6 address. */
  static InetAddress embedded(byte[] sixteen, int from) {
    try {
      return InetAddress.getByAddress(
          new byte[] {sixteen[from], sixteen[from + 1], sixteen[from + 2], sixteen[from + 3]});
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
