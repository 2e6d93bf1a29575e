// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.probe;

import io.osmo.backend.spec.PullSecret;
import io.osmo.backend.spec.Secret;
import io.osmo.backend.spi.Scheduler;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Which probes run, with which images, and for how long. Immutable. Probes run in a namespace of their own, which is created for
 * one verification and removed when the verification ends, however it ends. What a crash leaves behind expires, and a later
 * verification removes it. Pods satisfy the restricted Pod Security Standard, mount no token, request few resources, and end at
 * their deadline.
 *
 * <pre>{@code
 * BackendVerifier.standard().probes(Probes.builder(scheduler).build()).verify(backend);
 * }</pre>
 */
public final class Probes {
    /** Image of the pods, unless another one is set: the curl project's own, on Alpine Linux, for amd64 and arm64. */
    public static final String IMAGE = "docker.io/curlimages/curl:8.11.1";

    /** Image of the pods that request a GPU, unless another one is set. */
    public static final String GPU_IMAGE = "nvcr.io/nvidia/cuda:12.4.1-base-ubuntu22.04";

    /** Hosts that serve nvcr.io, ghcr.io and docker.io, which a backend must reach (RG-1). */
    public static final List<String> REGISTRIES = List.of("nvcr.io", "ghcr.io", "registry-1.docker.io");

    private final Scheduler scheduler;
    private final Set<Probe> kinds;
    private final String image;
    private final String gpuImage;
    private final List<String> images;
    private final List<String> registries;
    private final Set<String> pools;
    private final List<Credential> credentials;
    private final Optional<String> authorities;
    private final Duration deadline;
    private final Duration scaleUpDeadline;
    private final Duration overall;

    private Probes(Builder builder) {
        scheduler = builder.scheduler;
        kinds = Set.copyOf(builder.kinds);
        image = builder.image;
        gpuImage = builder.gpuImage;
        images = List.copyOf(builder.images);
        registries = List.copyOf(builder.registries);
        pools = Set.copyOf(builder.pools);
        credentials = List.copyOf(builder.credentials);
        authorities = builder.authorities;
        deadline = builder.deadline;
        scaleUpDeadline = builder.scaleUpDeadline;
        overall = builder.overall;
    }

    /**
     * A credential for pulling images.
     *
     * @param registry host, and port if it has one
     */
    public record Credential(String registry, String username, Secret password) {
        /** Name of the Secret that holds it. */
        public String secretName() {
            return PullSecret.defaultName(registry);
        }
    }

    /**
     * @param scheduler time and threads, such as {@link io.osmo.backend.spi.SystemScheduler}, or virtual time in tests; not closed
     */
    public static Builder builder(Scheduler scheduler) {
        return new Builder(scheduler);
    }

    public Scheduler scheduler() {
        return scheduler;
    }

    public boolean has(Probe kind) {
        return kinds.contains(kind);
    }

    public String image() {
        return image;
    }

    public String gpuImage() {
        return gpuImage;
    }

    /** Images to pull on each pool. */
    public List<String> images() {
        return images;
    }

    /** Hosts of registries to reach from each pool, with the port unless it is 443. */
    public List<String> registries() {
        return registries;
    }

    /** Whether a pool is probed. */
    public boolean covers(String pool) {
        return pools.isEmpty() || pools.contains(pool);
    }

    /** Credentials that pods pull with. */
    public List<Credential> credentials() {
        return credentials;
    }

    /** Certificates, as PEM, of authorities that pods trust in addition to those of their image. */
    public Optional<String> authorities() {
        return authorities;
    }

    /** How long each probe may take. */
    public Duration deadline() {
        return shorter(deadline, overall);
    }

    /** How long an empty pool may take to get a node. */
    public Duration scaleUpDeadline() {
        return shorter(scaleUpDeadline, overall);
    }

    /** How long all probes together may take; they run at the same time. */
    public Duration overall() {
        return overall;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** Builds {@link Probes}. Not safe for concurrent use. */
    public static final class Builder {
        private final Scheduler scheduler;
        private Set<Probe> kinds = EnumSet.complementOf(EnumSet.of(Probe.SCALE_FROM_ZERO, Probe.WORKFLOW_NAMESPACE));
        private String image = IMAGE;
        private String gpuImage = GPU_IMAGE;
        private final Set<String> images = new LinkedHashSet<>();
        private Set<String> registries = new LinkedHashSet<>(REGISTRIES);
        private final Set<String> pools = new LinkedHashSet<>();
        private final List<Credential> credentials = new ArrayList<>();
        private Optional<String> authorities = Optional.empty();
        private Duration deadline = Duration.ofMinutes(3);
        private Duration scaleUpDeadline = Duration.ofMinutes(10);
        private Duration overall = Duration.ofMinutes(15);

        private Builder(Scheduler scheduler) {
            this.scheduler = Objects.requireNonNull(scheduler);
        }

        /** Runs only these kinds. Default: all but {@link Probe#WORKFLOW_NAMESPACE} and {@link Probe#SCALE_FROM_ZERO}. */
        public Builder only(Probe first, Probe... more) {
            kinds = EnumSet.of(first, more);
            return this;
        }

        /** Also runs {@link Probe#SCALE_FROM_ZERO}, and waits that long for a node. */
        public Builder scaleFromZero(Duration limit) {
            scaleUpDeadline = positive(limit);
            kinds.add(Probe.SCALE_FROM_ZERO);
            return this;
        }

        /** Also runs {@link Probe#WORKFLOW_NAMESPACE}: one pod in the namespace of workflows itself. */
        public Builder workflowNamespace() {
            kinds.add(Probe.WORKFLOW_NAMESPACE);
            return this;
        }

        /**
         * Also trusts these authorities, such as the private one that signed the certificate of the OSMO service.
         *
         * @param certificates one or more, as PEM
         */
        public Builder trust(String certificates) {
            authorities = Optional.of(certificates);
            return this;
        }

        /**
         * Image of the pods, such as a mirror of {@link #IMAGE}. It must contain sh, curl 7.88 or newer, and the usual text
         * tools, and must run as a user that it does not name.
         */
        public Builder image(String reference) {
            image = reference;
            return this;
        }

        /** Image of the pods that request a GPU. It must contain sh; the NVIDIA runtime adds nvidia-smi. */
        public Builder gpuImage(String reference) {
            gpuImage = reference;
            return this;
        }

        /**
         * Also pulls these images on each pool, such as {@code nvcr.io/nvidia/osmo/client:6.3.0}. They are always pulled, even if
         * a node has them, and not run.
         */
        public Builder pull(String... references) {
            images.addAll(List.of(references));
            return this;
        }

        /** Reaches these registries instead of {@link #REGISTRIES}, such as the mirrors of a closed network. */
        public Builder registries(String... hosts) {
            registries = new LinkedHashSet<>(List.of(hosts));
            return this;
        }

        /** Probes only these pools, by the cloud's name of each. Default: all. */
        public Builder pools(String... names) {
            pools.addAll(List.of(names));
            return this;
        }

        /** Pulls with this credential too. It is kept in a Secret of the probes' namespace until that is removed. */
        public Builder credential(String registry, String username, Secret password) {
            credentials.add(new Credential(registry, username, password));
            return this;
        }

        /** Pulls with the credentials of a spec too. */
        public Builder credentials(List<PullSecret> secrets) {
            secrets.forEach(s -> credential(s.registry(), s.username(), s.password()));
            return this;
        }

        /** How long each probe may take. Default: 3 minutes. */
        public Builder deadline(Duration limit) {
            deadline = positive(limit);
            return this;
        }

        /** How long all probes together may take, an upper bound of every other limit. Default: 15 minutes. */
        public Builder overall(Duration limit) {
            overall = positive(limit);
            return this;
        }

        /**
         * @throws IllegalArgumentException naming all invalid images, hosts and certificates
         */
        public Probes build() {
            List<String> wrong = Stream.of(
                            Stream.concat(images.stream(), Stream.of(image, gpuImage))
                                    .filter(reference -> !reference.matches("[a-z0-9][A-Za-z0-9._:/@-]*"))
                                    .map(reference -> "'" + reference + "' is not an image"),
                            registries.stream()
                                    .filter(host -> !host.matches("[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?"))
                                    .map(host -> "'" + host + "' is not the host of a registry"),
                            authorities.stream()
                                    .filter(pem -> !areCertificates(pem))
                                    .map(pem -> "a trusted authority is not a certificate in PEM"))
                    .flatMap(Function.identity())
                    .toList();
            if (!wrong.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", wrong));
            }
            return new Probes(this);
        }

        /** Anything else, such as a private key, must not get into a pod. */
        private static boolean areCertificates(String pem) {
            String rest = pem.replaceAll("(?s)-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----", "");
            try {
                return !rest.contains("-----")
                        && !CertificateFactory.getInstance("X.509")
                                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                                .isEmpty();
            } catch (CertificateException e) {
                return false;
            }
        }

        private static Duration positive(Duration limit) {
            if (limit.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("a deadline is at least 1 s, not " + limit);
            }
            return limit;
        }
    }

    @Override
    public String toString() {
        return "Probes" + kinds;
    }
}
