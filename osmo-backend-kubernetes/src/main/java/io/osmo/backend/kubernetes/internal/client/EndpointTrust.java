// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts, at each endpoint, that endpoint's certificate authority and no other; an endpoint that is not known is not trusted.
 * Thereby one TLS context, and one HTTP client, serves any number of clusters. That the certificate names the host is checked
 * by the JDK's trust manager behind this one. Safe for concurrent use.
 */
final class EndpointTrust extends X509ExtendedTrustManager {
    private final Map<String, X509ExtendedTrustManager> endpoints = new ConcurrentHashMap<>();

    /** @param caCertificate PEM text of one or several certificates */
    void add(URI endpoint, String caCertificate) throws GeneralSecurityException, IOException {
        endpoints.put(key(endpoint.getHost(), port(endpoint)), trusting(caCertificate));
    }

    /** No new connection to the endpoint is trusted from now on. */
    void remove(URI endpoint) {
        endpoints.remove(key(endpoint.getHost(), port(endpoint)));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        X509ExtendedTrustManager trust = endpoints.get(key(String.valueOf(engine.getPeerHost()), engine.getPeerPort()));
        if (trust == null) {
            throw new CertificateException(
                    "no certificate authority is known for " + engine.getPeerHost() + ":" + engine.getPeerPort());
        }
        trust.checkServerTrusted(chain, authType, engine);
    }

    private static X509ExtendedTrustManager trusting(String pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        int number = 0;
        for (Certificate certificate : CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))) {
            store.setCertificateEntry("ca-" + number++, certificate);
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509ExtendedTrustManager.class::isInstance)
                .map(X509ExtendedTrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new CertificateException("this Java platform has no trust manager for X.509"));
    }

    private static int port(URI endpoint) {
        return endpoint.getPort() < 0 ? 443 : endpoint.getPort();
    }

    /** An IPv6 address has brackets in a URI, but not in TLS. */
    private static String key(String host, int port) {
        return host.replace("[", "").replace("]", "").toLowerCase(Locale.ROOT) + ":" + port;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw withoutPeer();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw withoutPeer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw withoutPeer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw withoutPeer();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw withoutPeer();
    }

    private static CertificateException withoutPeer() {
        return new CertificateException("only servers whose host and port are known are trusted");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
