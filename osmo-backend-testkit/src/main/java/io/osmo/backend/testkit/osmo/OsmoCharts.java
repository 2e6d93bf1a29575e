// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.testkit.osmo;

import io.osmo.backend.testkit.cluster.EmulatedCluster;
import io.osmo.backend.testkit.internal.osmo.KaiObjects;
import io.osmo.backend.testkit.internal.osmo.OperatorObjects;
import io.osmo.backend.values.OsmoValues;

/**
 * Adds to an emulated cluster what Helm would install from the charts, as far as the OSMO service and verification use it. Deployments
 * become available some seconds later, if there are nodes for them.
 */
public final class OsmoCharts {
    private OsmoCharts() {}

    /** Installs the KAI scheduler with the arguments that OSMO needs. Call it before the operator is installed. */
    public static void installKai(EmulatedCluster cluster) {
        KaiObjects.all().forEach(cluster::install);
    }

    /**
     * OSMO's operator.
     *
     * @param values of the operator; their release determines the chart
     * @param namespace namespace of the Helm release: {@code osmo.operatorNamespace} of the spec
     */
    public static void installOperator(EmulatedCluster cluster, OsmoValues values, String namespace) {
        new OperatorObjects(values, namespace).all().forEach(cluster::install);
    }
}
