// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

import io.osmo.backend.verify.snapshot.Expectations;
import java.util.List;
import java.util.stream.Collectors;

/** The least rights that reading needs, as YAML: one ClusterRole, and a Role in each namespace from which more is read. */
public final class Rbac {
    private static final String NAME = "osmo-backend-verify";

    private static final String HEAD = """
            # The rights that reading a backend needs. Apply this, then bind it to the user who verifies. A Role is refused if its
            # namespace does not exist yet, and is not needed until it does.
            """;

    private Rbac() {}

    public static String yaml(Expectations expectations) {
        List<Kind> kinds = Kinds.all(expectations);
        List<String> scopes =
                kinds.stream().map(Kind::namespace).distinct().sorted().toList();
        return scopes.stream().map(Rbac::binding).collect(Collectors.joining("", HEAD, ""))
                + scopes.stream()
                        .map(namespace -> role(
                                namespace,
                                kinds.stream()
                                        .filter(k -> k.namespace().equals(namespace))
                                        .toList()))
                        .collect(Collectors.joining("---\n"));
    }

    /** As a comment, because only the reader knows which user verifies. */
    private static String binding(String namespace) {
        return namespace.isEmpty()
                ? "#   kubectl create clusterrolebinding " + NAME + " --clusterrole=" + NAME + " --user=NAME\n"
                : "#   kubectl create rolebinding " + NAME + " --role=" + NAME + " --user=NAME -n " + namespace + "\n";
    }

    private static String role(String namespace, List<Kind> kinds) {
        return "apiVersion: rbac.authorization.k8s.io/v1\nkind: " + (namespace.isEmpty() ? "ClusterRole" : "Role")
                + "\nmetadata:\n  name: " + NAME + "\n"
                + (namespace.isEmpty() ? "" : "  namespace: " + namespace + "\n")
                + "rules:\n"
                + kinds.stream()
                        .map(Kind::rule)
                        .distinct()
                        .sorted()
                        .map(rule -> "- " + rule + "\n")
                        .collect(Collectors.joining());
    }
}
