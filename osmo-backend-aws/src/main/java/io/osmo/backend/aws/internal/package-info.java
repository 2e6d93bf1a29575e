/**
 * What all AWS resources and readers share: the {@linkplain io.osmo.backend.aws.internal.AwsContext context} of a backend,
 * translation of errors, ownership tags, and the shapes of a {@linkplain io.osmo.backend.aws.internal.AwsResource resource}
 * and of a {@linkplain io.osmo.backend.aws.internal.Reader reader}.
 */
@NullMarked
package io.osmo.backend.aws.internal;

import org.jspecify.annotations.NullMarked;
