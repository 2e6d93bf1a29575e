// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.fuzz;

import io.osmo.backend.Backend;
import io.osmo.backend.OsmoBackends;
import io.osmo.backend.plan.Plan;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.verify.BackendVerifier;
import java.util.ArrayList;
import java.util.List;

/** Documents that are accepted, of every kind and cloud. */
final class GoodDocuments {
    static final List<String> SPECS = List.of("""
            name: train-west
            provider: aws
            region: us-west-2
            kubernetesVersion: "1.35"
            operatorPool: {instanceTypes: [m7i.large], scale: {min: 3, max: 4}}
            computePools:
              - name: cpu
                instanceTypes: [m7i.2xlarge, m6i.2xlarge]
                scale: {min: 1, max: 20, initial: 2}
                labels: {team: vision, example.com/tier: "1"}
                taints: [team=vision:NoSchedule]
                diskGib: 200
                zones: [us-west-2a]
                onFailure: degrade
              - {name: h100, role: gpu, instanceTypes: [p5.48xlarge], scale: {min: 0, max: 8}, spot: false}
            network: {cidr: 10.20.0.0/16, serviceCidr: 172.20.0.0/16, zoneCount: 3, egress: nat-per-zone}
            apiEndpoint: {publicAccess: true, publicCidrs: [198.51.100.0/24]}
            storage: {className: osmo}
            backup: {enabled: true, retentionDays: 30}
            encryption: {existingKey: "arn:aws:kms:us-west-2:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}
            pullSecrets: [{registry: nvcr.io, username: $oauthtoken, password: {env: NGC_API_KEY}, secretName: nvcr}]
            osmo: {serviceUrl: "https://osmo.example.com", token: {file: /run/token}, workflowNamespace: osmo-workflows}
            admins: ["arn:aws:iam::111122223333:role/admin"]
            deletionProtection: true
            tags: {owner: vision, "cost-center": "42"}
            settings: {supportType: STANDARD, nodeRepair: true, addonVersions: {vpc-cni: v1.20.0-eksbuild.1}, pools: {h100: {efa: true}}}
            """, """
            name: train-gcp
            provider: gcp
            region: us-central1
            profile: development
            computePools: [{name: cpu, instanceTypes: [n2-standard-8], scale: {min: 1, max: 2}}]
            network: {existing: {id: shared, subnets: [nodes]}}
            pullSecrets: [{registry: ghcr.io, username: me, password: {external: ghcr}}]
            settings: {project: my-project, pools: {cpu: {diskType: pd-ssd}}}
            """, """
            name: train-azure
            provider: azure
            region: westeurope
            computePools: [{name: cpu, instanceTypes: [Standard_D8s_v5], scale: {min: 1, max: 2}}]
            apiEndpoint: {publicAccess: false}
            settings: {cloud: PUBLIC, tier: STANDARD, adminGroups: [00000000-0000-0000-0000-000000000001], vaultRetentionDays: 30}
            """, """
            name: lab-west
            provider: existing
            region: lab
            profile: development
            computePools: [{name: cpu, instanceTypes: [lab-8], scale: {min: 2, max: 4}}]
            osmo: {serviceUrl: "https://osmo.example.com:8443", backendName: lab, token: {env: OSMO_TOKEN}}
            charts: [{name: kai, location: "oci://ghcr.io/x/kai", version: v0.9.1, values: {a: [1, null, {b: 0.5}], c: null}, adopt: true}]
            settings: {provisioner: driver.longhorn.io, storageParameters: {numberOfReplicas: "2"}}
            """);

    static final List<String> KUBECONFIGS = List.of(
            """
            apiVersion: v1
            kind: Config
            current-context: dev
            clusters:
            - name: west
              cluster:
                server: "https://west.example.com:6443"
                certificate-authority-data: LS0t
                tls-server-name: west
                insecure-skip-tls-verify: true
            - name: east
              cluster: {server: https://east.example.com, certificate-authority: /nowhere/ca.crt, proxy-url: "http://proxy:3128"}
            contexts:
            - {name: dev, context: {cluster: west, user: admin, namespace: default}}
            - {name: prod, context: {cluster: east, user: robot}}
            users:
            - {name: admin, user: {token: abc, client-certificate: admin.crt, client-key-data: LS0t}}
            - name: robot
              user:
                exec:
                  apiVersion: client.authentication.k8s.io/v1
                  command: /nowhere/plugin
                  args: [a, b]
                  env: [{name: A, value: b}]
                  installHint: x
            - {name: old, user: {auth-provider: {name: oidc, config: {id-token: a.b.c, idp-issuer-url: "https://issuer.example.com"}}}}
            """,
            "{\"current-context\":\"c\",\"clusters\":[{\"name\":\"c\",\"cluster\":{\"server\":\"https://a\"}}],"
                    + "\"contexts\":[{\"name\":\"c\","
                    + "\"context\":{\"cluster\":\"c\",\"user\":\"u\"}}],"
                    + "\"users\":[{\"name\":\"u\",\"user\":{\"username\":\"a\",\"password\":\"b\"}}]}");

    static final List<String> QUANTITIES = List.of(
            "3920m",
            "16074012Ki",
            "1e3",
            "7.5Gi",
            "0",
            "128974848",
            "10.20.0.0/16",
            "2001:db8::/32",
            "v1.33.5+rke2r1",
            "1.7.33-ubuntu22.04u1");

    static final List<String> NAMES = List.of(
            "subnet/private-us-west-2a",
            "node-group/h100",
            "pool.spot-taint",
            "pool.*",
            "https://index.docker.io/v1/",
            "nvcr.io:443/x");

    static final List<String> CHALLENGES = List.of(
            "Bearer realm=\"https://auth.docker.io/token\",service=\"registry.docker.io\",scope=\"repository:a/b:pull\"",
            "Bearer realm=\"https://ghcr.io/token?x=y\"",
            "Basic realm=\"Registry Realm\"",
            "{\"token\":\"abc.def\",\"access_token\":\"abc.def\",\"expires_in\":300}");

    private static final List<String> PLANS = new ArrayList<>();
    private static final List<String> SNAPSHOTS = new ArrayList<>();

    private GoodDocuments() {}

    /** The specs as JSON. */
    static List<String> specsInJson() {
        return SPECS.stream().map(yaml -> BackendSpec.fromYaml(yaml).toJson()).toList();
    }

    static synchronized List<String> plans() {
        make();
        return List.copyOf(PLANS);
    }

    static synchronized List<String> snapshots() {
        make();
        return List.copyOf(SNAPSHOTS);
    }

    private static void make() {
        if (!PLANS.isEmpty()) {
            return;
        }
        BackendSpec spec = BackendSpec.builder("small")
                .on("aws", "us-west-2")
                .deletionProtection(false)
                .computePool("cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 2))
                .build();
        try (EmulatedClouds clouds = EmulatedClouds.create();
                OsmoBackends osmo = clouds.open()) {
            Plan create = osmo.plan(spec);
            PLANS.add(create.toJson());
            Backend backend = osmo.apply(create);
            PLANS.add(osmo.plan(spec.toBuilder()
                            .changePool("cpu", p -> p.scale(2, 4))
                            .build())
                    .toJson());
            PLANS.add(osmo.planDestroy(spec.ref()).toJson());
            SNAPSHOTS.add(BackendVerifier.standard().snapshot(backend).toJson());
        }
    }
}
