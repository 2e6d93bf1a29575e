// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spi.provider;

import io.osmo.backend.error.ClassPathException;
import io.osmo.backend.error.Violation;
import io.osmo.backend.permission.Permissions;
import io.osmo.backend.permission.Use;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.ProviderSettings;
import io.osmo.backend.spi.CloudProvider;
import io.osmo.backend.spi.CloudSession;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.ServiceDefaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Base class of providers with typed settings. A subclass supplies the settings, the rules and the session. Stateless.
 *
 * @param <S> settings of the provider
 */
public abstract class ProviderTemplate<S extends ProviderSettings> implements CloudProvider {
    private final String id;
    private final S defaults;
    private final SettingsFormat<S> format;
    private final ProviderGraph<?> graph;
    private final Rights rights;
    private final ServiceDefaults service;

    /**
     * Reads settings from plain data.
     *
     * @param <S> settings of the provider
     */
    @FunctionalInterface
    protected interface SettingsFormat<S> {
        /** Reads settings; empty if there was a problem, which is reported. */
        Optional<S> read(Map<String, Object> data, Consumer<Violation> problems);
    }

    /**
     * @param defaults settings when a spec has none
     * @param graph supplies the rules and permissions
     */
    protected ProviderTemplate(String id, S defaults, SettingsFormat<S> format, ProviderGraph<?> graph, Rights rights) {
        this(id, defaults, format, graph, rights, ServiceDefaults.UNKNOWN);
    }

    /** @param service what the managed service does by default */
    protected ProviderTemplate(
            String id,
            S defaults,
            SettingsFormat<S> format,
            ProviderGraph<?> graph,
            Rights rights,
            ServiceDefaults service) {
        this.id = id;
        this.service = service;
        this.defaults = defaults;
        this.format = format;
        this.graph = graph;
        this.rights = rights;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public final ServiceDefaults defaults() {
        return service;
    }

    @Override
    public final List<Violation> validate(BackendSpec spec) {
        List<Violation> violations = new ArrayList<>(graph.validate(spec));
        spec.settings()
                .filter(given -> !isOwn(given))
                .ifPresent(given -> violations.add(new Violation(
                        "settings",
                        Optional.empty(),
                        given.provider(),
                        "settings of the provider " + id,
                        "Give " + defaults.getClass().getSimpleName() + ", or none.")));
        return violations;
    }

    private boolean isOwn(ProviderSettings given) {
        return defaults.getClass().isInstance(given);
    }

    @Override
    public final Optional<ProviderSettings> readSettings(Map<String, Object> data, Consumer<Violation> problems) {
        return format.read(data, problems).map(ProviderSettings.class::cast);
    }

    @Override
    public final Permissions permissions(BackendSpec spec, Use use) {
        return rights.of(graph.needs(Optional.of(spec)), Optional.of(spec), spec.ref(), use);
    }

    @Override
    public final Permissions permissions(Plan plan) {
        return rights.of(graph.needs(plan.spec()), plan);
    }

    @Override
    public final CloudSession open(String region, Optional<ProviderSettings> settings, Scheduler scheduler) {
        try {
            return session(region, settings.map(this::own).orElse(defaults), scheduler);
        } catch (LinkageError mixed) {
            throw ClassPathException.of(mixed);
        }
    }

    @SuppressWarnings("unchecked")
    private S own(ProviderSettings given) {
        if (!isOwn(given)) {
            throw new IllegalArgumentException("settings of " + given.provider() + " given to " + id);
        }
        return (S) given;
    }

    protected abstract CloudSession session(String region, S settings, Scheduler scheduler);
}
