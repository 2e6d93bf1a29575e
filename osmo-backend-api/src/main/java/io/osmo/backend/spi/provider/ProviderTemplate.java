// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.Violation;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.ProviderSettings;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Scheduler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A provider with typed settings. What remains for a subclass: which settings, which rules, which session. Stateless.
 *
 * @param <S> settings of the provider
 */
public abstract class ProviderTemplate<S extends ProviderSettings> implements CloudProvider {
    private final String id;
    private final Class<S> settingsType;
    private final ProviderGraph<?> graph;

    /** @param graph whose rules a spec must keep */
    protected ProviderTemplate(String id, Class<S> settingsType, ProviderGraph<?> graph) {
        this.id = id;
        this.settingsType = settingsType;
        this.graph = graph;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final List<Violation> validate(BackendSpec spec) {
        return graph.validate(spec);
    }

    @Override
    public final Optional<ProviderSettings> readSettings(Map<String, Object> data, Consumer<Violation> problems) {
        return settings(data, problems).map(ProviderSettings.class::cast);
    }

    @Override
    public final CloudSession open(String region, Optional<ProviderSettings> settings, Scheduler scheduler) {
        return session(region, settings.map(this::own).orElseGet(this::defaults), scheduler);
    }

    private S own(ProviderSettings given) {
        if (!settingsType.isInstance(given)) {
            throw new IllegalArgumentException("settings of " + given.provider() + " given to " + id);
        }
        return settingsType.cast(given);
    }

    /** Settings when a spec has none. */
    protected abstract S defaults();

    /** Reads settings from plain data; what is not understood is reported. */
    protected abstract Optional<S> settings(Map<String, Object> data, Consumer<Violation> problems);

    protected abstract CloudSession session(String region, S settings, Scheduler scheduler);
}
