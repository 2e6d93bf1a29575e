// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.bench;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.AwsClients;
import io.osmo.backend.aws.AwsProvider;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.azure.AksSettings;
import io.osmo.backend.azure.AzureClients;
import io.osmo.backend.azure.AzureProvider;
import io.osmo.backend.gcp.GcpClients;
import io.osmo.backend.gcp.GcpProvider;
import io.osmo.backend.gcp.GkeSettings;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spec.BackendSpecBuilder;
import io.osmo.backend.spi.Scheduler;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.aws.EmulatedAws;
import io.osmo.backend.testkit.azure.EmulatedAzure;
import io.osmo.backend.testkit.cloud.EmulatedCloud;
import io.osmo.backend.testkit.gcp.EmulatedGcp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Emulated accounts of three clouds, and the one entry point of a host that keeps backends in all of them. */
final class Fleet implements AutoCloseable {
    private static final double MANY = 1_000_000;

    private final Map<String, EmulatedAws> accounts = new LinkedHashMap<>();
    private final Map<String, EmulatedAzure> subscriptions = new LinkedHashMap<>();
    private final Map<String, EmulatedGcp> projects = new LinkedHashMap<>();

    /** @param each how many accounts of AWS, and as many subscriptions of Azure */
    Fleet(VirtualTime clock, int each, int ofGoogle) {
        for (int i = 0; i < each; i++) {
            accounts.put("account-" + i, aws(clock, i));
            String subscription = new UUID(0, i + 1).toString();
            subscriptions.put(subscription, azure(clock, subscription));
        }
        for (int i = 0; i < ofGoogle; i++) {
            projects.put("project-" + i, gcp(clock, "project-" + i));
        }
    }

    private static EmulatedAws aws(VirtualTime clock, int number) {
        EmulatedAws.Builder account = EmulatedAws.builder(clock).accountId(String.format("1234567%05d", number));
        for (String quota : List.of("L-F678F1CE", "L-0263D0A3", "L-FE5A380F", "L-A4707A72", "L-1216C47A")) {
            account.quota(quota, MANY);
        }
        return account.build();
    }

    private static EmulatedAzure azure(VirtualTime clock, String subscription) {
        EmulatedAzure.Builder built = EmulatedAzure.builder(clock).subscription(subscription);
        for (String quota : List.of("cores", "standardDSv5Family", "standardDDSv5Family", "PublicIPAddresses")) {
            built.quota(quota, (int) MANY);
        }
        return built.build();
    }

    private static EmulatedGcp gcp(VirtualTime clock, String project) {
        EmulatedGcp.Builder built = EmulatedGcp.builder(clock).project(project);
        for (String quota : List.of("NETWORKS", "ROUTERS", "CPUS", "N2_CPUS", "IN_USE_ADDRESSES", "STATIC_ADDRESSES")) {
            built.quota(quota, MANY);
        }
        return built.build();
    }

    /** One entry point for all, as a host has: the settings of a spec say in which account its backend is. */
    OsmoBackends open(Scheduler scheduler) {
        AwsClients.Factory aws = (region, settings) ->
                accounts.get(settings.profile().orElseThrow()).open(region, settings);
        AzureClients.Factory azure = (region, settings) ->
                subscriptions.get(settings.subscription().orElseThrow()).open(region, settings);
        GcpClients.Factory gcp = (region, settings) ->
                projects.get(settings.project().orElseThrow()).open(region, settings);
        return OsmoBackends.builder()
                .provider(new AwsProvider(aws))
                .provider(new AzureProvider(azure))
                .provider(new GcpProvider(gcp))
                .scheduler(scheduler)
                .build();
    }

    /** Specs by account, dealt out one by one. */
    Map<String, List<BackendSpec>> specs(int backends) {
        List<List<String>> clouds = List.of(
                List.copyOf(accounts.keySet()), List.copyOf(subscriptions.keySet()), List.copyOf(projects.keySet()));
        Map<String, List<BackendSpec>> specs = new LinkedHashMap<>();
        for (int i = 0; i < backends; i++) {
            List<String> names = clouds.get(i % clouds.size());
            String account = names.get(i / clouds.size() % names.size());
            specs.computeIfAbsent(account, name -> new ArrayList<>()).add(spec(account, "train-" + i));
        }
        return specs;
    }

    private BackendSpec spec(String account, String name) {
        BackendSpecBuilder spec = BackendSpec.builder(name);
        if (accounts.containsKey(account)) {
            return spec.on(AwsProvider.ID, "us-west-2")
                    .settings(EksSettings.builder().profile(account).build())
                    .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 20))
                    .build();
        }
        if (projects.containsKey(account)) {
            return spec.on(GcpProvider.ID, "us-central1")
                    .settings(GkeSettings.builder().project(account).build())
                    .computePool("cpu", p -> p.instanceType("n2-standard-8").scale(1, 20))
                    .build();
        }
        return spec.on(AzureProvider.ID, "eastus2")
                .settings(AksSettings.builder().subscription(account).build())
                .computePool("cpu", p -> p.instanceType("Standard_D8s_v5").scale(1, 20))
                .build();
    }

    /** Emulators remember every call, for tests; here that would fill the heap. */
    void forgetCalls() {
        all().forEach(EmulatedCloud::forgetCalls);
    }

    private List<EmulatedCloud> all() {
        List<EmulatedCloud> all = new ArrayList<>(accounts.values());
        all.addAll(subscriptions.values());
        all.addAll(projects.values());
        return all;
    }

    @Override
    public void close() {
        all().forEach(EmulatedCloud::close);
    }
}
