// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.kubeconfig;

import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The private key of a kubeconfig's user. fabric8 takes the algorithm from the PEM header and assumes RSA for PKCS #8, which has no
 * algorithm in its header, so it would refuse elliptic-curve keys as OpenSSL 3 writes them.
 */
public final class ClientKey {
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);

    private ClientKey() {}

    /** Whether the key is one of an elliptic curve in PKCS #8. */
    public static boolean isEllipticCurvePkcs8(Config config) {
        return pem(config).filter(ClientKey::isEllipticCurvePkcs8).isPresent();
    }

    private static Optional<String> pem(Config config) {
        if (config.getClientKeyData() != null) {
            byte[] data = Base64.getMimeDecoder().decode(config.getClientKeyData());
            return Optional.of(new String(data, StandardCharsets.US_ASCII));
        }
        return Optional.ofNullable(config.getClientKeyFile()).map(file -> {
            try {
                return Files.readString(Path.of(file));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read the client key " + file, e);
            }
        });
    }

    private static boolean isEllipticCurvePkcs8(String pem) {
        Matcher matcher = PKCS8.matcher(pem);
        if (!matcher.find()) {
            return false;
        }
        try {
            KeyFactory.getInstance("EC")
                    .generatePrivate(
                            new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1))));
            return true;
        } catch (InvalidKeySpecException e) {
            return false;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform has no elliptic curves", e);
        }
    }
}
