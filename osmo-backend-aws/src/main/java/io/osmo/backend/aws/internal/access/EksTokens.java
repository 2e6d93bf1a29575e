// SPDX-License-Identifier: Apache-2.0
package io.osmo.backend.aws.internal.access;

import io.osmo.backend.cluster.ClusterAccess.Token;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.endpoints.StsEndpointProvider;

/**
 * Bearer tokens for an EKS cluster: a presigned {@code sts:GetCallerIdentity} that names the cluster in a signed header, which
 * EKS performs to learn who asks. Made without a call. A token is kept until shortly before it expires. Safe for concurrent use.
 *
 * @see <a href="https://github.com/kubernetes-sigs/aws-iam-authenticator#api-authorization-from-outside-a-cluster">the format
 *     of the token</a>
 */
public final class EksTokens implements Supplier<Token> {
    private static final String PREFIX = "k8s-aws-v1.";
    private static final String CLUSTER_HEADER = "x-k8s-aws-id";
    private static final Duration SIGNATURE = Duration.ofSeconds(60);
    /** EKS takes a token for fifteen minutes after its signature's date, whatever the signature's own expiry says. */
    private static final Duration VALIDITY = Duration.ofMinutes(15);

    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final String cluster;
    private final Region region;
    private final AwsCredentialsProvider credentials;
    private final Supplier<Instant> now;
    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private @Nullable Token last;

    /** @param now the present moment */
    public EksTokens(String cluster, String region, AwsCredentialsProvider credentials, Supplier<Instant> now) {
        this.cluster = cluster;
        this.region = Region.of(region);
        this.credentials = credentials;
        this.now = now;
    }

    @Override
    public synchronized Token get() {
        Instant moment = now.get();
        Token kept = last;
        if (kept == null || !moment.isBefore(kept.expiry().minus(AHEAD))) {
            kept = new Token(sign(moment), moment.plus(VALIDITY));
            last = kept;
        }
        return kept;
    }

    private String sign(Instant moment) {
        SdkHttpRequest unsigned = SdkHttpRequest.builder()
                .method(SdkHttpMethod.GET)
                .uri(StsEndpointProvider.defaultProvider()
                        .resolveEndpoint(endpoint -> endpoint.region(region))
                        .join()
                        .url())
                .encodedPath("/")
                .putRawQueryParameter("Action", "GetCallerIdentity")
                .putRawQueryParameter("Version", "2011-06-15")
                .putHeader(CLUSTER_HEADER, cluster)
                .build();
        SignedRequest signed = signer.sign(request -> request.identity(credentials.resolveCredentials())
                .request(unsigned)
                .putProperty(AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, "sts")
                .putProperty(AwsV4HttpSigner.REGION_NAME, region.id())
                .putProperty(AwsV4FamilyHttpSigner.AUTH_LOCATION, AwsV4FamilyHttpSigner.AuthLocation.QUERY_STRING)
                .putProperty(AwsV4FamilyHttpSigner.EXPIRATION_DURATION, SIGNATURE)
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(moment, ZoneOffset.UTC)));
        return PREFIX
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(signed.request().getUri().toString().getBytes(StandardCharsets.UTF_8));
    }
}
