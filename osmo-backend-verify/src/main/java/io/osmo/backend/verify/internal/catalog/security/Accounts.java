// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.catalog.security;

import io.osmo.backend.verify.internal.catalog.stack.OsmoOperator;
import io.osmo.backend.verify.snapshot.PermissionFacts;
import io.osmo.backend.verify.snapshot.WorkloadFacts;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Service accounts of OSMO's operator. */
final class Accounts {
    private Accounts() {}

    /** Service accounts of the deployments that run an image, as Kubernetes names them. */
    static Set<String> of(List<WorkloadFacts> deployments, String imageName) {
        return deployments.stream()
                .filter(d -> d.runs(imageName))
                .map(d -> "system:serviceaccount:" + d.namespace() + ":"
                        + OsmoOperator.template(d).serviceAccount())
                .collect(Collectors.toSet());
    }

    /** Whether it is the permission to do everything. */
    static boolean everything(PermissionFacts permission) {
        return permission.verb().equals("*");
    }
}
