// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.spec;

import io.osmo.backend.internal.spec.OsmoReleases;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Describes the OSMO service that the backend registers with. Not safe for concurrent use. */
public final class OsmoServiceBuilder {
    private @Nullable String release;
    private String serviceUrl = "";
    private @Nullable String backendName;
    private @Nullable Secret token;
    private String poolName = "default";
    private @Nullable String helmRelease;
    private @Nullable String operatorNamespace;
    private String workflowNamespace = "osmo-workflows";
    private @Nullable String tokenSecretName;

    OsmoServiceBuilder() {}

    static OsmoServiceBuilder of(OsmoService osmo) {
        OsmoServiceBuilder builder = new OsmoServiceBuilder();
        builder.release = osmo.release().orElse(null);
        builder.serviceUrl = osmo.serviceUrl();
        builder.backendName = osmo.backendName().orElse(null);
        builder.token = osmo.token().orElse(null);
        builder.poolName = osmo.poolName();
        builder.helmRelease = osmo.helmRelease();
        builder.operatorNamespace = osmo.operatorNamespace();
        builder.workflowNamespace = osmo.workflowNamespace();
        builder.tokenSecretName = osmo.tokenSecretName();
        return builder;
    }

    /**
     * Release of the OSMO service, such as {@code 6.3.1}. It determines the chart of the operator and the defaults of
     * {@link #helmRelease}, {@link #operatorNamespace} and {@link #tokenSecretName}. Required for chart values. Has no default, because
     * the service and the operator must have the same release.
     */
    public OsmoServiceBuilder release(String release) {
        this.release = Objects.requireNonNull(release, "release");
        return this;
    }

    /** {@code https://} and a host, with a port if it needs one; no path, no trailing slash (NW-2, SC-3). Required. */
    public OsmoServiceBuilder serviceUrl(String url) {
        serviceUrl = Objects.requireNonNull(url, "url");
        return this;
    }

    /** Name under which the backend registers. Default: the name of the spec. */
    public OsmoServiceBuilder backendName(String name) {
        backendName = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Token of the backend, 43 or 64 characters of {@code [A-Za-z0-9_-]}; fetched when it is needed. A stored spec has
     * {@code external: osmo-token} in its place.
     */
    public OsmoServiceBuilder token(Supplier<String> supplier) {
        return token(Secret.of("osmo-token", supplier));
    }

    /** Token of the backend. Without a token, no Secret is created. */
    public OsmoServiceBuilder token(Secret secret) {
        token = Objects.requireNonNull(secret, "secret");
        return this;
    }

    /**
     * Pool of the OSMO service that the nodes of this backend belong to; each pool of the spec becomes a platform of it. Default:
     * {@code default}, which all users may use.
     */
    public OsmoServiceBuilder poolName(String name) {
        poolName = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Name of the Helm release of the operator. Objects that an apply creates and that the operator's chart contains too, such as priority
     * classes, have the labels and annotations of this release, so that Helm accepts them. Default: {@code osmo-operator}; from 6.4 on
     * {@code osmo-compute}.
     */
    public OsmoServiceBuilder helmRelease(String name) {
        helmRelease = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Namespace of the operator and of its Helm release. Default: {@code osmo-operator}; from 6.4 on {@code osmo-compute}.
     */
    public OsmoServiceBuilder operatorNamespace(String name) {
        operatorNamespace = Objects.requireNonNull(name, "name");
        return this;
    }

    /** Namespace of workflow pods. Default: {@code osmo-workflows}. */
    public OsmoServiceBuilder workflowNamespace(String name) {
        workflowNamespace = Objects.requireNonNull(name, "name");
        return this;
    }

    /**
     * Name of the Secret that holds the token. Default: {@code osmo-backend-token-default}; from 6.4 on
     * {@code osmo-<backend>-backend-token}.
     */
    public OsmoServiceBuilder tokenSecretName(String name) {
        tokenSecretName = Objects.requireNonNull(name, "name");
        return this;
    }

    void resolveSecrets(SecretResolver resolver) {
        token = token == null ? null : token.resolvedBy(resolver);
    }

    /** @param specName name of the spec, the default of the backend's name */
    OsmoService draft(String specName) {
        OsmoReleases defaults =
                Optional.ofNullable(release).flatMap(OsmoReleases::of).orElse(OsmoReleases.V6_3);
        return ImmutableOsmoService.builder()
                .release(Optional.ofNullable(release))
                .serviceUrl(serviceUrl)
                .backendName(Optional.ofNullable(backendName))
                .token(Optional.ofNullable(token))
                .poolName(poolName)
                .helmRelease(helmRelease == null ? defaults.helmRelease() : helmRelease)
                .operatorNamespace(operatorNamespace == null ? defaults.operatorNamespace() : operatorNamespace)
                .workflowNamespace(workflowNamespace)
                .tokenSecretName(
                        tokenSecretName == null
                                ? defaults.tokenSecretName(backendName == null ? specName : backendName)
                                : tokenSecretName)
                .build();
    }
}
