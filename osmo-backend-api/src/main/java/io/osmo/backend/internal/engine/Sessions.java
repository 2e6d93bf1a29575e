// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.internal.engine;

import io.osmo.backend.spec.BackendRef;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.ProviderSettings;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Scheduler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sessions of one entry point: one for each provider, region and settings, opened when first needed. Safe for concurrent use. */
public final class Sessions {
    private final Providers providers;
    private final Scheduler scheduler;
    private final Map<String, ProviderSettings> settings;
    private final Map<Key, CloudSession> open = new HashMap<>();
    private boolean closed;

    /** @param settings those of a provider where no spec brings its own */
    public Sessions(Providers providers, Scheduler scheduler, Map<String, ProviderSettings> settings) {
        this.providers = providers;
        this.scheduler = scheduler;
        this.settings = Map.copyOf(settings);
    }

    private record Key(String provider, String region, Optional<Map<String, Object>> settings) {}

    /** With the settings of the spec. */
    public CloudSession of(BackendSpec spec) {
        return of(spec.provider(), spec.region(), spec.settings());
    }

    public CloudSession of(BackendRef ref) {
        return of(ref.provider(), ref.region());
    }

    public CloudSession of(String provider, String region) {
        return of(provider, region, Optional.ofNullable(settings.get(provider)));
    }

    private synchronized CloudSession of(String provider, String region, Optional<ProviderSettings> how) {
        CloudProvider known = providers.require(provider);
        if (closed) {
            throw new IllegalStateException("this OsmoBackends is closed: open another one with OsmoBackends.open()");
        }
        return open.computeIfAbsent(
                new Key(provider, region, how.map(ProviderSettings::toMap)),
                key -> known.open(region, how, scheduler.share()));
    }

    /** Opens no more sessions, and gives those that are open, to be closed. */
    public synchronized List<CloudSession> shut() {
        closed = true;
        List<CloudSession> left = List.copyOf(open.values());
        open.clear();
        return left;
    }
}
