// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.kubeconfig;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;

/** What a file or a field of a kubeconfig must hold. */
enum Pem {
    CERTIFICATE {
        @Override
        Optional<String> problem(byte[] pem) {
            try {
                return CertificateFactory.getInstance("X.509")
                                .generateCertificates(new ByteArrayInputStream(pem))
                                .isEmpty()
                        ? Optional.of("no certificate in PEM")
                        : Optional.empty();
            } catch (CertificateException e) {
                return Optional.of("no certificate in PEM");
            }
        }
    },
    KEY {
        @Override
        Optional<String> problem(byte[] pem) {
            return new String(pem, StandardCharsets.ISO_8859_1).contains("PRIVATE KEY-----")
                    ? Optional.empty()
                    : Optional.of("no private key in PEM");
        }
    };

    /** What is wrong with it; never holds the content. */
    abstract Optional<String> problem(byte[] pem);
}
