import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0006_import_layout'),
    ]

    operations = [
        migrations.CreateModel(
            name='CategoryBit',
            fields=[
                ('category', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, serialize=False, to='registry.offercategory')),
                ('bit', models.PositiveSmallIntegerField(unique=True)),
            ],
            options={
                'verbose_name': 'bit kategorii',
                'verbose_name_plural': 'bity kategorii',
            },
        ),
        migrations.AddConstraint(
            model_name='categorybit',
            constraint=models.CheckConstraint(condition=models.Q(('bit__lt', 62)), name='registry_category_bit_fits'),
        ),
    ]
