// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.tests.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.osmo.backend.OsmoBackends;
import io.osmo.backend.aws.EksSettings;
import io.osmo.backend.error.CloudError;
import io.osmo.backend.error.CloudException;
import io.osmo.backend.spec.BackendSpec;
import io.osmo.backend.spi.VirtualTime;
import io.osmo.backend.testkit.EmulatedClouds;
import io.osmo.backend.testkit.aws.Models;
import io.osmo.backend.testkit.cloud.ServedCloud;
import io.osmo.backend.testkit.fault.Faults;
import io.osmo.backend.testkit.internal.aws.AwsModels;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Unmodified clients of AWS against the emulated account: the vendor's SDK, and plain requests. */
class ServedAwsTest {
    private static final Duration PACE = Duration.ofSeconds(30);
    private static final String REGION = "us-west-2";

    private final AwsModels models = Models.load();
    private final EmulatedClouds clouds =
            EmulatedClouds.create(aws -> aws.pageSize(3).inspector(models));
    private final ServedCloud served = clouds.aws().serve(PACE).orElseThrow();

    @AfterEach
    void nothing_broke_the_models() {
        served.close();
        clouds.close();
        assertThat(models.violations()).isEmpty();
    }

    private static BackendSpec spec(EksSettings settings) {
        return BackendSpec.builder("train-west")
                .on("aws", REGION)
                .deletionProtection(false)
                .computePool(
                        "cpu", p -> p.instanceType("m7i.2xlarge").scale(1, 2).label("team", "robots"))
                .gpuPool("gpu", p -> p.instanceType("g4dn.xlarge").scale(0, 2))
                .settings(settings)
                .build();
    }

    @Test
    void the_sdk_makes_over_http_what_it_makes_in_this_process() {
        System.setProperty("aws.accessKeyId", "AKIAEMULATED");
        System.setProperty("aws.secretAccessKey", "emulated");
        BackendSpec here = spec(EksSettings.builder().build());
        BackendSpec there =
                spec(EksSettings.builder().endpointOverride(served.url()).build());
        try (EmulatedClouds others = EmulatedClouds.create();
                OsmoBackends inProcess = others.open();
                OsmoBackends overHttp =
                        OsmoBackends.builder().scheduler(VirtualTime.create()).build()) {
            inProcess.apply(inProcess.plan(here));

            overHttp.apply(overHttp.plan(there));

            assertThat(clouds.aws().inventory()).isEqualTo(others.aws().inventory());
            assertThat(overHttp.plan(there).isEmpty()).isTrue();
            assertThat(overHttp.estimate(there).hourlyMaximum())
                    .isEqualTo(inProcess.estimate(here).hourlyMaximum())
                    .isPositive();
            overHttp.apply(overHttp.planDestroy(there));
            inProcess.apply(inProcess.planDestroy(here.ref()));
            assertThat(clouds.aws().inventory()).isEqualTo(others.aws().inventory());
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    /** Pauses are those of the SDK, in real time. */
    @Test
    void the_sdk_repeats_reads_that_are_throttled_and_gives_up() {
        System.setProperty("aws.accessKeyId", "AKIAEMULATED");
        System.setProperty("aws.secretAccessKey", "emulated");
        BackendSpec there =
                spec(EksSettings.builder().endpointOverride(served.url()).build());
        try (OsmoBackends osmo =
                OsmoBackends.builder().scheduler(VirtualTime.create()).build()) {
            clouds.aws().faults().onCall("eks:DescribeCluster").times(1).throttle();
            clouds.aws().faults().onCall("ec2:DescribeVpcs").times(1).throttle();
            assertThat(osmo.plan(there).isEmpty()).isFalse();

            clouds.aws().faults().onCall("ec2:DescribeVpcs").throttle();
            clouds.aws().forgetCalls();
            assertThatThrownBy(() -> osmo.plan(there))
                    .isInstanceOfSatisfying(
                            CloudException.class,
                            told -> assertThat(told.error()).isEqualTo(CloudError.THROTTLED));
            assertThat(clouds.aws().calls())
                    .filteredOn(call -> call.operation().equals("ec2:DescribeVpcs"))
                    .hasSize(3);
        } finally {
            System.clearProperty("aws.accessKeyId");
            System.clearProperty("aws.secretAccessKey");
        }
    }

    private Curl curl(String service) {
        return curl(served.url(), REGION, service);
    }

    private static Curl curl(URI url, String region, String service) {
        return new Curl(
                url,
                "AWS4-HMAC-SHA256 Credential=AKIAEMULATED/20261124/" + region + "/" + service
                        + "/aws4_request, SignedHeaders=host;x-amz-date, Signature=00");
    }

    /** A call of the query protocol; returns what is between the first tags of this name. */
    private String form(String service, String form, String tag) {
        Curl.Answer answer = curl(service).send("POST", "/", form);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Matcher found = Pattern.compile("<" + tag + ">([^<]*)<").matcher(answer.body());
        assertThat(found.find()).as(answer.body()).isTrue();
        return found.group(1);
    }

    @Test
    void curl_makes_a_cluster_polls_until_it_is_active_lists_and_deletes_it() {
        String ec2 = "&Version=2016-11-15";
        String vpc = form("ec2", "Action=CreateVpc&CidrBlock=10.0.0.0%2F16" + ec2, "vpcId");
        String subnet = "Action=CreateSubnet&VpcId=" + vpc + ec2;
        String a = form("ec2", subnet + "&CidrBlock=10.0.0.0/20&AvailabilityZone=us-west-2a", "subnetId");
        String b = form("ec2", subnet + "&CidrBlock=10.0.16.0/20&AvailabilityZone=us-west-2b", "subnetId");
        String role = form(
                "iam",
                "Action=CreateRole&Version=2010-05-08&RoleName=cluster&Tags.member.1.Key=team&Tags.member.1.Value=robots"
                        + "&AssumeRolePolicyDocument=%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%7B"
                        + "%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22Service%22%3A%22eks.amazonaws.com%22%7D"
                        + "%2C%22Action%22%3A%22sts%3AAssumeRole%22%7D%5D%7D",
                "Arn");
        Curl eks = curl("eks");

        Curl.Answer made = eks.send(
                "POST",
                "/clusters",
                "{`name`:`c`,`version`:`1.34`,`roleArn`:`" + role
                        + "`,`tags`:{`team`:`robots`},`resourcesVpcConfig`:{`subnetIds`:[`" + a + "`,`" + b + "`]}}");

        assertThat(made.status()).as(made.body()).isEqualTo(200);
        assertThat(made.text("/cluster/status")).isEqualTo("CREATING");
        assertThat(made.json().at("/cluster/createdAt").isNumber()).isTrue();
        Curl.Answer active =
                eks.poll("/clusters/c", answer -> answer.text("/cluster/status").equals("ACTIVE"));
        assertThat(active.text("/cluster/tags/team")).isEqualTo("robots");
        // Its API server is reached as well, and its requests take time too.
        Curl kubernetes = new Curl(URI.create(active.text("/cluster/endpoint") + "/"), "Bearer emulated");
        VirtualTime time = clouds.time();
        Duration before = time.elapsed();
        assertThat(kubernetes.get("version").text("/major")).isEqualTo("1");
        assertThat(time.elapsed().minus(before)).isEqualTo(PACE);
        assertThat(eks.get("/clusters").text("/clusters/0")).isEqualTo("c");
        assertThat(curl(served.url(), "eu-west-1", "eks")
                        .get("/clusters")
                        .json()
                        .at("/clusters"))
                .isEmpty();
        assertThat(eks.send("DELETE", "/clusters/c", "").text("/cluster/status"))
                .isEqualTo("DELETING");
        Curl.Answer gone = eks.poll("/clusters/c", answer -> answer.status() != 200);
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.header("x-amzn-ErrorType")).isEqualTo("ResourceNotFoundException");
        assertThat(gone.text("/message")).contains("No cluster found for name: c");
    }

    @Test
    void requests_are_refused_in_the_words_of_their_protocol() {
        Curl eks = curl("eks");
        assertThat(new Curl(served.url(), "").get("/clusters").text("/__type")).isEqualTo("MissingAuthenticationToken");
        assertThat(new Curl(served.url(), "Bearer x").get("/clusters").status()).isEqualTo(403);
        assertThat(curl("s3").get("/").status()).isEqualTo(404);
        assertThat(curl(served.url(), "cn-north-1", "eks").get("/clusters").text("/message"))
                .isEqualTo("Credential should be scoped to a valid region.");
        assertThat(eks.send("POST", "/clusters", "{`name`:`c`}").text("/message"))
                .isEqualTo("The request needs the member roleArn");
        assertThat(eks.send("POST", "/clusters", "{`name`:7}").header("x-amzn-ErrorType"))
                .isEqualTo("SerializationException");
        assertThat(eks.send("POST", "/clusters", "{").status()).isEqualTo(400);
        assertThat(eks.send("PATCH", "/clusters", "").text("/__type")).isEqualTo("UnknownOperationException");
        assertThat(eks.send("POST", "/clusters", "x".repeat(1_100_000)).status())
                .isEqualTo(413);

        assertThat(curl("ec2")
                        .send("POST", "/", "Action=CreateSubnet&Version=2016-11-15&CidrBlock=10.0.0.0/20")
                        .body())
                .endsWith("<Response><Errors><Error><Code>MissingParameter</Code><Message>The request must contain the"
                        + " parameter VpcId</Message></Error></Errors><RequestID>00000000-0000-4000-a000-000000000000"
                        + "</RequestID></Response>");
        assertThat(curl("ec2")
                        .get("/?Action=DescribeVpcs&Version=2016-11-15&Color=red")
                        .body())
                .contains("<Code>UnknownParameter</Code><Message>The parameter Color is not recognized<");
        assertThat(curl("ec2").get("/?Action=DescribeVpcs").body())
                .contains("Could not find operation DescribeVpcs for version NO_VERSION_SPECIFIED");
        assertThat(curl("ec2")
                        .get("/?Action=CreateVpc&Version=2016-11-15&CidrBlock=10.0.0.0/16&DryRun=true")
                        .status())
                .isEqualTo(412);
        assertThat(curl("iam")
                        .send("POST", "/", "Action=GetRole&Version=2010-05-08&RoleName=x%26y")
                        .body())
                .contains("<ErrorResponse><Error><Type>Sender</Type><Code>NoSuchEntity</Code>", "x&amp;y");
        Curl.Answer key = curl("kms").send("POST", "/", "{}", "X-Amz-Target", "TrentService.DescribeKey");
        assertThat(key.status() + " " + key.text("/__type")).isEqualTo("400 ValidationException");
        assertThat(key.text("/message"))
                .isEqualTo(
                        "1 validation error detected: Value null at 'keyId' failed to satisfy constraint: Member must"
                                + " not be null");
        assertThat(curl("kms")
                        .send("POST", "/", "{}", "X-Amz-Target", "TrentService.Sing")
                        .text("/__type"))
                .isEqualTo("UnknownOperationException");
    }

    @Test
    void faults_strike_clients_of_other_processes_as_the_network_would() {
        Faults faults = clouds.aws().faults();
        faults.onCall("kms:ListAliases").nth(1).throttle();
        faults.onCall("kms:ListAliases").nth(1).loseResponse();
        faults.onCall("kms:ListAliases").nth(1).crashBefore();
        faults.onCall("kms:ListAliases").nth(1).delay(Duration.ofHours(1));

        assertThat(aliases().text("/__type")).isEqualTo("ThrottlingException");
        assertThatThrownBy(this::aliases).isInstanceOf(UncheckedIOException.class);
        assertThatThrownBy(this::aliases).isInstanceOf(UncheckedIOException.class);
        Duration before = clouds.time().elapsed();
        assertThat(aliases().status()).isEqualTo(200);
        assertThat(clouds.time().elapsed().minus(before)).isBetween(Duration.ofHours(1), Duration.ofMinutes(61));
        clouds.aws().allowOnly(List.of("ec2:DescribeVpcs"));
        assertThat(aliases().text("/message")).contains("not authorized to perform: kms:ListAliases");
    }

    /** By POST, which Java's client does not repeat by itself when the connection breaks. */
    private Curl.Answer aliases() {
        return curl("kms").send("POST", "/", "{}", "X-Amz-Target", "TrentService.ListAliases");
    }
}
