// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.spec;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Tokens as OSMO accepts them: 32 bytes in base64url without padding, or 64 characters. */
public final class OsmoTokens {
    public static final String RULE = "43 or 64 characters of A-Z, a-z, 0-9, _ and -";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}|[A-Za-z0-9_-]{64}");
    private static final Pattern LINE_END = Pattern.compile("\\r?\\n\\z");
    private static final int BYTES = 32;

    private OsmoTokens() {}

    /** 43 characters. */
    public static String generate() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** OSMO tolerates one line end after the token. */
    public static String normalized(String token) {
        return LINE_END.matcher(token).replaceFirst("");
    }

    public static boolean isToken(String normalized) {
        return TOKEN.matcher(normalized).matches();
    }

    /** In hexadecimal. */
    public static String sha256(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
