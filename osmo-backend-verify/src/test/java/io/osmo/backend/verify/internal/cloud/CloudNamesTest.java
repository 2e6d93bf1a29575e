// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.verify.internal.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.osmo.backend.verify.internal.catalog.StandardCatalog;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Knowledge of clouds is in one package, so that a new one is one class there. */
class CloudNamesTest {
    private static final Path MAIN = Path.of("src", "main");
    private static final Path OF_CLOUDS = Path.of("io", "osmo", "backend", "verify", "internal", "cloud");

    /** Names of clouds, of their services, products, commands, machine types and of what they put on nodes. */
    private static final Pattern CLOUD = Pattern.compile(
            "(?i)(?<![a-z])(eks|gke|aks|aws|gcp|gce|gcloud|azure|azurefile|google|amazon|amazonaws|microsoft|ec2|ebs|efs|fsx|ecr|gcr|acr"
                    + "|entra|fargate|bottlerocket|filestore|autopilot mode|al2023|dataplane v2)(?![a-z])"
                    + "|\\bStandard_[A-Z]|\\b[a-z]\\d\\w*\\.\\d*x?large\\b|\\b[acen]\\d-(standard|highgpu|medium)|\\bgk3-");

    /** What names a cloud and cannot help it. */
    private static final Map<String, String> ALLOWED = Map.of("com.google.protobuf", "a Java package, of no cloud");

    /** Ids of checks, which are public and stay, and names of checks, which follow their ids. */
    private static final List<String> CHECKS = StandardCatalog.checks().stream()
            .flatMap(check -> Stream.of(check.id(), check.getClass().getSimpleName()))
            .toList();

    @Test
    void nothing_else_names_a_cloud() throws IOException {
        try (Stream<Path> files = Files.walk(MAIN)) {
            assertThat(files.filter(Files::isRegularFile)
                            // Made of the titles of checks, into which those classes put the names.
                            .filter(file -> !file.endsWith(Path.of("doc-files", "checks.html")))
                            .filter(file -> !file.toString().contains(OF_CLOUDS.toString()))
                            .flatMap(file -> names(file).map(name -> MAIN.relativize(file) + ": " + name)))
                    .isEmpty();
        }
    }

    @Test
    void the_pattern_finds_every_service() {
        for (CloudService service : CloudServices.all()) {
            assertThat(List.of(service.name(), service.provider(), service.poolLabel()))
                    .allMatch(name -> CLOUD.matcher(name).find());
            assertThat(service.drivers())
                    .allMatch(driver -> CLOUD.matcher(driver.name()).find());
            assertThat(service.machines().suchAs(4)).containsPattern(CLOUD);
        }
    }

    private static Stream<String> names(Path file) {
        try {
            String text = Files.readString(file);
            for (String allowed : ALLOWED.keySet()) {
                text = text.replace(allowed, "");
            }
            for (String name : CHECKS) {
                text = text.replace(name, "");
            }
            return CLOUD.matcher(text).results().map(MatchResult::group).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
