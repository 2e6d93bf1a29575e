// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.fabric8.kubernetes.api.model.Secret;
import io.osmo.backend.kubernetes.internal.client.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** A Secret as observed: of its data only digests are kept, enough to see a difference, and even those are not printed. */
public final class SecretDigest {
    private final Secret withoutData;
    private final Map<String, String> digests;

    private SecretDigest(Secret withoutData, Map<String, String> digests) {
        this.withoutData = withoutData;
        this.digests = Map.copyOf(digests);
    }

    static SecretDigest of(Secret secret) {
        Map<String, String> digests = new TreeMap<>();
        Optional.ofNullable(secret.getData())
                .ifPresent(data -> data.forEach((key, value) -> digests.put(key, digest(decoded(value)))));
        return new SecretDigest(
                secret.edit().withData(null).withStringData(null).build(), digests);
    }

    /** An API server takes base64 only; what is not differs from everything that is wanted. */
    private static byte[] decoded(String value) {
        try {
            return Base64.getDecoder().decode(value);
        } catch (IllegalArgumentException notBase64) {
            return value.getBytes(StandardCharsets.UTF_8);
        }
    }

    public String name() {
        return withoutData.getMetadata().getName();
    }

    public String namespace() {
        return withoutData.getMetadata().getNamespace();
    }

    /** The Secret without its data. */
    public Secret object() {
        return withoutData;
    }

    boolean holds(String key, byte[] value) {
        return digest(value).equals(digests.get(key));
    }

    boolean has(String key) {
        return digests.containsKey(key);
    }

    private static String digest(byte[] value) {
        return HexFormat.of().formatHex(Digests.sha256(value));
    }

    @Override
    public String toString() {
        return "Secret " + namespace() + "/" + name() + " " + new TreeSet<>(digests.keySet()) + " (redacted)";
    }
}
