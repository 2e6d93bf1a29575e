/** Systems Manager. */
@NullMarked
package io.osmo.backend.testkit.internal.aws.ssm;

import org.jspecify.annotations.NullMarked;
