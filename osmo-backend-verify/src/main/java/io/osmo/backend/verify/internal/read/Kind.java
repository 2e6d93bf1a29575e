// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.read;

/**
 * A kind of object of the Kubernetes API.
 *
 * @param group API group; empty for the core group
 * @param namespace namespace to look in; empty for all, or for kinds without one
 */
record Kind(String group, String version, String resource, String namespace) {
    static Kind core(String resource) {
        return new Kind("", "v1", resource, "");
    }

    static Kind of(String group, String resource) {
        return new Kind(group, "v1", resource, "");
    }

    Kind in(String otherNamespace) {
        return new Kind(group, version, resource, otherNamespace);
    }

    String path() {
        return (group.isEmpty() ? "/api/" : "/apis/" + group + "/") + version
                + (namespace.isEmpty() ? "" : "/namespaces/" + namespace) + "/" + resource;
    }

    /** The RBAC rule without which it cannot be listed. */
    String rule() {
        return "{apiGroups: [\"" + group + "\"], resources: [\"" + resource + "\"], verbs: [\"list\"]}";
    }
}
