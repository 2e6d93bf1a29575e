// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import io.osmo.backend.verify.snapshot.WebhookFacts.Bundle;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the certificate authorities of a webhook. Like the API server, it ignores what is no certificate in PEM. */
final class CaBundles {
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]*-----END CERTIFICATE-----");

    /** Its place among the usages of a key in X.509. */
    private static final int SIGNS_CERTIFICATES = 5;

    private CaBundles() {}

    /** @param base64 as an object of the Kubernetes API has it; empty for none */
    static Bundle of(String base64) {
        List<X509Certificate> certificates = certificates(base64);
        List<X509Certificate> authorities =
                certificates.stream().filter(CaBundles::signs).toList();
        List<X509Certificate> selfSigned = certificates.stream()
                .filter(c -> !signs(c) && c.getSubjectX500Principal().equals(c.getIssuerX500Principal()))
                .toList();
        Optional<Instant> until = Stream.concat(authorities.stream(), selfSigned.stream())
                .map(c -> c.getNotAfter().toInstant())
                .max(Comparator.naturalOrder());
        return new Bundle(certificates.size(), authorities.size(), selfSigned.size(), until);
    }

    /** Certificates of X.509 version 1 cannot say that they may not. */
    private static boolean signs(X509Certificate certificate) {
        boolean[] usage = certificate.getKeyUsage();
        return (certificate.getBasicConstraints() >= 0 || certificate.getVersion() < 3)
                && (usage == null || usage[SIGNS_CERTIFICATES]);
    }

    private static List<X509Certificate> certificates(String base64) {
        List<X509Certificate> found = new ArrayList<>();
        try {
            String text = new String(Base64.getMimeDecoder().decode(base64), StandardCharsets.ISO_8859_1);
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            Matcher pem = PEM.matcher(text);
            while (pem.find()) {
                read(factory, pem.group()).ifPresent(found::add);
            }
        } catch (IllegalArgumentException | CertificateException e) {
            return List.of();
        }
        return found;
    }

    private static Optional<X509Certificate> read(CertificateFactory factory, String pem) {
        try {
            return factory.generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)))
                            instanceof X509Certificate certificate
                    ? Optional.of(certificate)
                    : Optional.empty();
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }
}
