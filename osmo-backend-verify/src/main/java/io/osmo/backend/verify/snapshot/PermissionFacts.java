// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.snapshot;

/**
 * The API server's answer to whether a subject may do something.
 *
 * @param subject user or service account as Kubernetes names it; empty for the caller itself
 * @param group API group; empty for the core group
 * @param namespace empty for the whole cluster
 */
public record PermissionFacts(
        String subject, String verb, String group, String resource, String namespace, boolean allowed) {
    /** Such as {@code create podgroups.scheduling.run.ai in osmo-workflows}. */
    public String action() {
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group)
                + (namespace.isEmpty() ? "" : " in " + namespace);
    }

    @Override
    public String toString() {
        return (subject.isEmpty() ? "" : subject + ": ") + action();
    }
}
