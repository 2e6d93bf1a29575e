// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.values;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** The manifest of a Kubernetes Secret. Only {@link #reveal()} returns its contents. Immutable. */
public final class SecretManifest {
    private final String namespace;
    private final String name;
    private final Map<String, String> data;

    SecretManifest(String namespace, String name, Map<String, String> data) {
        this.namespace = namespace;
        this.name = name;
        this.data = new TreeMap<>(data);
    }

    public String namespace() {
        return namespace;
    }

    public String name() {
        return name;
    }

    /** The manifest as YAML, with its contents. The caller must not log it. */
    public String reveal() {
        StringBuilder text = new StringBuilder("apiVersion: v1\nkind: Secret\nmetadata:\n  namespace: ")
                .append(namespace)
                .append("\n  name: ")
                .append(name)
                .append("\ntype: Opaque\ndata:\n");
        data.forEach((key, value) -> text.append("  ")
                .append(key)
                .append(": ")
                .append(Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)))
                .append('\n'));
        return text.toString();
    }

    @Override
    public String toString() {
        return "Secret " + namespace + "/" + name + " " + data.keySet() + " (redacted)";
    }
}
