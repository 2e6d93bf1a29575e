// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.internal.resource;

import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.OsmoService;

/** Names of the two namespaces that OSMO lives in; the defaults are those of OSMO's documentation. */
public record OsmoNamespaces(String operator, String workflow) {
    public static OsmoNamespaces of(BackendSpec spec) {
        return new OsmoNamespaces(
                spec.osmo().map(OsmoService::operatorNamespace).orElse("osmo-operator"),
                spec.osmo().map(OsmoService::workflowNamespace).orElse("osmo-workflows"));
    }
}
