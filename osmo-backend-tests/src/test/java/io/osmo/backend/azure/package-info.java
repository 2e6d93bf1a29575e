/** What tests need of the inside of the Azure provider. */
@NullMarked
package io.osmo.backend.azure;

import org.jspecify.annotations.NullMarked;
