// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.kubernetes.existing;

import io.osmo.backend.kubernetes.internal.existing.ExistingGraph;
import io.osmo.backend.kubernetes.internal.existing.ExistingSession;
import io.osmo.backend.kubernetes.internal.existing.KubeconfigSource;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.provider.ProviderTemplate;
import io.osmo.backend.spi.provider.Rights;

/**
 * Backends on clusters that already exist, no matter who created them. Plan, apply and destroy manage what OSMO needs in the cluster:
 * namespaces, pull secrets, the token, priority classes, and a StorageClass if the settings describe one. Pools are read, never created:
 * the pools of a spec are expectations of the nodes. The region of a spec is any name that distinguishes backends of the same name.
 * Stateless.
 */
public final class ExistingProvider extends ProviderTemplate<ExistingSettings> {
    /** Id that specs use. */
    public static final String ID = "existing";

    private final ClusterSource source;

    /** Uses the kubeconfig of the settings, otherwise {@code KUBECONFIG}, otherwise {@code ~/.kube/config}. */
    public ExistingProvider() {
        this(new KubeconfigSource());
    }

    /** Uses clusters from elsewhere, such as an emulator. */
    public ExistingProvider(ClusterSource source) {
        super(ID, ExistingSettings.defaults(), ExistingSettings::read, ExistingGraph.GRAPH, Rights.none());
        this.source = source;
    }

    @Override
    protected CloudSession session(String region, ExistingSettings settings, Scheduler scheduler) {
        return new ExistingSession(source, settings, region, scheduler);
    }
}
